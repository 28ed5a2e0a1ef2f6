package hindcast.catalogue;

/**
 * The searches over one catalogue, each built the first time it is asked for and then shared.
 *
 * <p>Safe for use by several threads; whoever asks while an index is being built waits for it.
 */
public final class CatalogueIndexes {
  private static final int SMALL = 50_000;

  private final ItemEmbeddings embeddings;
  private MaximumInnerProductIndex exact;
  private MaximumInnerProductIndex hnsw;
  private PartitionIndex partition;

  /** Indexes over the vectors of a catalogue. */
  public CatalogueIndexes(ItemEmbeddings embeddings) {
    this(embeddings, null);
  }

  /**
   * Indexes over the vectors of a catalogue.
   *
   * @param partition its partition, or null: then it is built when it is asked for
   */
  public CatalogueIndexes(ItemEmbeddings embeddings, PartitionIndex partition) {
    this.embeddings = embeddings;
    this.partition = partition;
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
  public synchronized MaximumInnerProductIndex exact() {
    if (exact == null) {
      exact = new ExactIndex(embeddings);
    }
    return exact;
  }

  /** The small world graph. */
  public synchronized MaximumInnerProductIndex hnsw() {
    if (hnsw == null) {
      hnsw = new HnswIndex(embeddings);
    }
    return hnsw;
  }

  /** The partition. */
  public synchronized PartitionIndex partition() {
    if (partition == null) {
      partition = PartitionIndex.builder(embeddings).build();
    }
    return partition;
  }

  /** Uses a graph that was built or read elsewhere. */
  public synchronized void use(HnswIndex graph) {
    hnsw = graph;
  }

  /** Uses a partition that was built or read elsewhere. */
  public synchronized void use(PartitionIndex built) {
    partition = built;
  }
}
