package hindcast.catalogue;

import java.util.concurrent.Executor;

/**
 * The searches over one catalogue, each built once, ahead of its use ({@link #prepare}) or by the
 * first who asks, and then shared.
 *
 * <p>Safe for use by several threads; whoever asks while an index is being built waits for it, and
 * is told by {@link IndexBuildException} if it cannot be built.
 */
public final class CatalogueIndexes {
  private static final int SMALL = 50_000;

  private final ItemEmbeddings embeddings;
  private final MaximumInnerProductIndex exact;
  private final BuiltOnce<HnswIndex> hnsw;
  private final BuiltOnce<PartitionIndex> partition;

  /** Indexes over the vectors of a catalogue. */
  public CatalogueIndexes(ItemEmbeddings embeddings) {
    this(embeddings, null, IndexSource.BUILD);
  }

  /**
   * Indexes over the vectors of a catalogue.
   *
   * @param known its partition, or null where it comes from the source too
   * @param source makes what is not known
   */
  public CatalogueIndexes(ItemEmbeddings embeddings, PartitionIndex known, IndexSource source) {
    this.embeddings = embeddings;
    this.exact = new ExactIndex(embeddings);
    this.hnsw = new BuiltOnce<>(IndexKind.HNSW, embeddings, () -> source.hnsw(embeddings));
    this.partition =
        new BuiltOnce<>(IndexKind.PARTITION, embeddings, () -> source.partition(embeddings));
    if (known != null) {
      partition.use(known);
    }
  }

  /** Has an index built by an executor, unless it is there or being built. */
  public void prepare(IndexKind kind, Executor executor) {
    of(kind).start(executor);
  }

  /** How far an index is. */
  public IndexState state(IndexKind kind) {
    return of(kind).state();
  }

  /** Building if any index is, else failed if any did, else ready if there is one. */
  public IndexState state() {
    IndexState all = IndexState.NONE;
    for (IndexKind kind : IndexKind.values()) {
      IndexState one = state(kind);
      boolean says =
          one == IndexState.BUILDING
              || (one == IndexState.FAILED && all != IndexState.BUILDING)
              || (one == IndexState.READY && all == IndexState.NONE);
      all = says ? one : all;
    }
    return all;
  }

  private BuiltOnce<? extends MaximumInnerProductIndex> of(IndexKind kind) {
    return kind == IndexKind.HNSW ? hnsw : partition;
  }

  /**
   * Whether sums and searches over so many items are best done over all of them: up to 50,000
   * nothing is faster.
   */
  public static boolean isSmall(int items) {
    return items <= SMALL;
  }

  /**
   * Whether a catalogue is better sorted into a partition: a large one, of vectors in single
   * precision.
   */
  public static boolean isForPartition(ItemEmbeddings embeddings) {
    return !isSmall(embeddings.size())
        && (embeddings instanceof PackedEmbeddings || embeddings instanceof PartitionedEmbeddings);
  }

  /** The vectors. */
  public ItemEmbeddings embeddings() {
    return embeddings;
  }

  /** Scores every item. */
  public MaximumInnerProductIndex exact() {
    return exact;
  }

  /** The small world graph. */
  public HnswIndex hnsw() {
    return hnsw.get();
  }

  /** The partition. */
  public PartitionIndex partition() {
    return partition.get();
  }

  /** Uses a graph that was built or read elsewhere. */
  public void use(HnswIndex graph) {
    hnsw.use(graph);
  }

  /** Uses a partition that was built or read elsewhere. */
  public void use(PartitionIndex built) {
    partition.use(built);
  }
}
