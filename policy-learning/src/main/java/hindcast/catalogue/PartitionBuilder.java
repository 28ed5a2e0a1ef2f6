package hindcast.catalogue;

import java.util.Arrays;
import java.util.List;

/**
 * Builds a {@link PartitionIndex}:
 *
 * <ol>
 *   <li>items with equal vectors become one place ({@link DistinctItems}),
 *   <li>the places of largest norm become the head,
 *   <li>k-means on a sample of the others, then each of them to its nearest centroid; clusters
 *       above the cap are split ({@link ClusteredItems}),
 *   <li>vectors are copied cluster by cluster ({@link PartitionAssembly}).
 * </ol>
 *
 * <p>The same embeddings, options and kernels give the same partition, whatever the number of
 * threads. Beside the two copies of the vectors the building needs some 40 bytes an item and the
 * sample.
 *
 * <p>Defaults follow from the number D of different vectors: one cluster for 96 items, at most 1024
 * (2048 above 300,000 items); a head of 2048, at most D / 16; clusters of at most 512 places, or
 * twice the average where that is more.
 */
public final class PartitionBuilder extends IndexBuilder<PartitionBuilder> {
  private int clusters = -1;
  private int headSize = -1;
  private int largestCluster = -1;
  private int iterations = 6;
  private boolean collapse = true;
  private long seed = 1;

  PartitionBuilder(ItemEmbeddings embeddings) {
    super(embeddings);
  }

  @Override
  PartitionBuilder self() {
    return this;
  }

  /** C, clusters before large ones are split; at least 1. */
  public PartitionBuilder clusters(int count) {
    clusters = atLeast(1, count, "clusters");
    return this;
  }

  /** Items of largest norm kept in front; at least 0. */
  public PartitionBuilder headSize(int size) {
    headSize = atLeast(0, size, "head size");
    return this;
  }

  /** Places a cluster may have at most; at least 1. */
  public PartitionBuilder largestCluster(int size) {
    largestCluster = atLeast(1, size, "largest cluster");
    return this;
  }

  /** Iterations of k-means on the sample; at least 0. */
  public PartitionBuilder iterations(int count) {
    iterations = atLeast(0, count, "iterations");
    return this;
  }

  /** Whether items with the same vector share a place. */
  public PartitionBuilder collapseDuplicates(boolean share) {
    collapse = share;
    return this;
  }

  /** Seed of the sample and of the first centroids. */
  public PartitionBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** Builds the partition. */
  public PartitionIndex build() {
    progress.report("distinct items", 0, 1);
    DistinctItems distinct =
        collapse ? DistinctItems.of(embeddings) : DistinctItems.all(embeddings.size());
    progress.report("distinct items", 1, 1);
    int[] byNorm = ItemNorms.largestFirst(embeddings, distinct.representatives());
    int[] head = Arrays.copyOf(byNorm, headOf(byNorm.length));
    int[] rest = Arrays.copyOfRange(byNorm, head.length, byNorm.length);
    Arrays.sort(rest);
    List<int[]> groups =
        rest.length == 0
            ? List.of()
            : new ClusteredItems(embeddings, iterations, seed, threads, progress)
                .of(rest, clustersOf(rest.length), capOf(rest.length));
    return new PartitionAssembly(embeddings, threads, progress).of(distinct, head, groups);
  }

  private int headOf(int different) {
    return headSize < 0 ? Math.min(2048, different / 16) : Math.min(headSize, different);
  }

  private int clustersOf(int items) {
    int count = clusters > 0 ? clusters : Math.min(items / 96, items > 300_000 ? 2048 : 1024);
    return Math.max(1, Math.min(count, items));
  }

  private int capOf(int items) {
    return largestCluster > 0 ? largestCluster : Math.max(512, 2 * (items / clustersOf(items)));
  }
}
