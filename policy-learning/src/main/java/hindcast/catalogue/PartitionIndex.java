package hindcast.catalogue;

import java.util.Objects;

/**
 * The items of a catalogue sorted into k-means clusters, in blocks of 16 of one packed array, with
 * the items of largest norm in front of them:
 *
 * <pre>
 *   | head: largest norms, largest first | cluster 0 | cluster 1 | ... |     places
 * </pre>
 *
 * The head and every cluster begin on a block. Items with the same vector share a place. Every
 * place that is somebody's lies in the head or in exactly one cluster, so that a sum over the head,
 * over some clusters exactly and over the rest by sampling counts no item twice.
 *
 * <p>Built by {@link #builder}, deterministic in its seed; read and written by {@link
 * PartitionFormat}. The vectors are the partition's own: {@link #embeddings} serves the rest of the
 * library from them, so that a process needs no second copy.
 *
 * <p>As an index ({@link #topK}) it scores the head and the densest clusters up to a number of
 * places; see {@link PartitionSearch}. Immutable and safe for use by several threads.
 */
public final class PartitionIndex implements MaximumInnerProductIndex {
  private static final int DEFAULT_BUDGET = 2000;
  private final PartitionedItems items;
  private final int headSize;
  private final ItemClusters clusters;
  private final PartitionSearch search;

  /**
   * A partition of items.
   *
   * @param items in partition order
   * @param headSize places of the head
   * @param clusters the clusters behind the head
   */
  PartitionIndex(PartitionedItems items, int headSize, ItemClusters clusters) {
    this.items = Objects.requireNonNull(items, "a partition needs items");
    this.headSize = headSize;
    this.clusters = clusters;
    this.search = new PartitionSearch(this, DEFAULT_BUDGET);
  }

  /** The building of a partition of these items. */
  public static PartitionBuilder builder(ItemEmbeddings embeddings) {
    return new PartitionBuilder(embeddings);
  }

  /** P, items of the catalogue. */
  public int size() {
    return items.size();
  }

  /** How many different vectors there are: places of the head and of the clusters. */
  public int distinct() {
    int distinct = headSize;
    for (int c = 0; c < clusters.count(); c++) {
      distinct += clusters.size(c);
    }
    return distinct;
  }

  /** L. */
  public int dimension() {
    return items.dimension();
  }

  /** The vectors by place. */
  public PartitionedItems items() {
    return items;
  }

  /** How many items of largest norm the head has: places 0 to this, falling in norm. */
  public int headSize() {
    return headSize;
  }

  /** Blocks of the head; its last one may end in places that are nobody's. */
  public int headBlocks() {
    return Packing.blocks(headSize);
  }

  /** The clusters. */
  public ItemClusters clusters() {
    return clusters;
  }

  /** Whether a place is in the head. */
  public boolean inHead(int place) {
    return place < headSize;
  }

  /** The catalogue's vectors, kept here. */
  public ItemEmbeddings embeddings() {
    return new PartitionedEmbeddings(items);
  }

  /** A search that enumerates so many places beside the head for each query. */
  public PartitionSearch search(int budget) {
    return new PartitionSearch(this, budget);
  }

  @Override
  public int topK(double[] h, int k, int[] itemsOut) {
    return search.topK(h, k, itemsOut);
  }

  @Override
  public int[] topK(double[][] h, int n, int k, int[][] itemsOut) {
    return search.topK(h, n, k, itemsOut);
  }

  /** Bytes of memory. */
  public long bytes() {
    return items.bytes() + clusters.bytes();
  }

  @Override
  public String toString() {
    return "PartitionIndex["
        + items.size()
        + " x "
        + items.dimension()
        + ", head "
        + headSize
        + ", "
        + clusters.count()
        + " clusters]";
  }
}
