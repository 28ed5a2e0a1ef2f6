package hindcast.catalogue;

import hindcast.numeric.CounterBasedRandom;
import hindcast.numeric.MinibatchKernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Items sorted into clusters of at most so many: k-means on a sample of 64 items for each centroid
 * ({@link KMeans}), then every item to its nearest centroid. A cluster above the cap is split in
 * the same way among its own items, again and again, and cut into even pieces by norm where that
 * does not separate them. No cluster is empty; the items of each are increasing.
 */
final class ClusteredItems {
  private static final int LANES = MinibatchKernels.LANES;
  private static final int ITEMS_A_TASK = 64 * LANES;
  private static final int SAMPLE_A_CLUSTER = 64;
  private static final int DEEPEST_SPLIT = 4;
  private static final int REPORTS = 64;
  private final ItemEmbeddings embeddings;
  private final int iterations;
  private final long seed;
  private final int threads;
  private final BuildProgress progress;

  ClusteredItems(
      ItemEmbeddings embeddings, int iterations, long seed, int threads, BuildProgress progress) {
    this.embeddings = embeddings;
    this.iterations = iterations;
    this.seed = seed;
    this.threads = threads;
    this.progress = progress;
  }

  /** Clusters of some items, at least one, in increasing order. */
  List<int[]> of(int[] items, int count, int cap) {
    progress.report("centroids", 0, 1);
    NearestCentroids centroids = centroids(items, count, CounterBasedRandom.bits(seed, 0));
    progress.report("centroids", 1, 1);
    List<int[]> clusters = new ArrayList<>();
    for (int[] cluster : assign(items, centroids, progress)) {
      split(cluster, cap, 0, clusters);
    }
    return clusters;
  }

  private NearestCentroids centroids(int[] items, int count, long key) {
    int n = (int) Math.min(items.length, (long) SAMPLE_A_CLUSTER * count);
    int dimension = embeddings.dimension();
    float[] sample = new float[Packing.length(Packing.blocks(n), dimension)];
    ItemRows rows = new ItemRows(embeddings);
    for (int j = 0; j < n; j++) {
      double at = (j + CounterBasedRandom.uniform(key, j)) / n * items.length;
      rows.read(items[Math.min(items.length - 1, (int) at)], sample, j * dimension, 1);
    }
    return KMeans.fit(sample, n, dimension, count, iterations, key, threads);
  }

  private List<int[]> assign(int[] items, NearestCentroids centroids, BuildProgress told) {
    int[] nearest = new int[items.length];
    int tasks = (items.length + ITEMS_A_TASK - 1) / ITEMS_A_TASK;
    int stride = Math.max(threads, tasks / REPORTS);
    for (int from = 0; from < tasks; from += stride) {
      int first = from;
      int some = Math.min(stride, tasks - from);
      ParallelTasks.run(threads, some, t -> assign(items, first + t, centroids, nearest));
      told.report("clusters", from + some, tasks);
    }
    return groups(items, nearest, centroids.count());
  }

  private void assign(int[] items, int task, NearestCentroids centroids, int[] nearest) {
    ItemRows rows = new ItemRows(embeddings);
    NearestCentroids.Lanes lanes = centroids.new Lanes();
    int to = Math.min(items.length, (task + 1) * ITEMS_A_TASK);
    for (int at = task * ITEMS_A_TASK; at < to; at += LANES) {
      int n = Math.min(LANES, to - at);
      for (int i = 0; i < n; i++) {
        rows.read(items[at + i], lanes.components, i, LANES);
      }
      System.arraycopy(lanes.find(n), 0, nearest, at, n);
    }
  }

  private static List<int[]> groups(int[] items, int[] nearest, int count) {
    Groups groups = Groups.of(nearest, items.length, count);
    List<int[]> clusters = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      int[] members = new int[groups.from(c + 1) - groups.from(c)];
      for (int j = 0; j < members.length; j++) {
        members[j] = items[groups.member(groups.from(c) + j)];
      }
      if (members.length > 0) {
        clusters.add(members);
      }
    }
    return clusters;
  }

  private void split(int[] cluster, int cap, int depth, List<int[]> out) {
    if (cluster.length <= cap) {
      out.add(cluster);
      return;
    }
    List<int[]> parts = depth < DEEPEST_SPLIT ? separate(cluster, cap, depth) : List.of(cluster);
    if (parts.size() == 1) {
      cut(cluster, cap, out);
      return;
    }
    for (int[] part : parts) {
      split(part, cap, depth + 1, out);
    }
  }

  private List<int[]> separate(int[] cluster, int cap, int depth) {
    int count = cluster.length / cap + cluster.length / (2 * cap) + 2;
    long key = CounterBasedRandom.bits(seed, (depth + 1L) << 32 | cluster[0]);
    return assign(cluster, centroids(cluster, count, key), BuildProgress.SILENT);
  }

  private void cut(int[] cluster, int cap, List<int[]> out) {
    int[] byNorm = ItemNorms.largestFirst(embeddings, cluster);
    int pieces = (cluster.length + cap - 1) / cap;
    for (int p = 0; p < pieces; p++) {
      int from = (int) ((long) p * byNorm.length / pieces);
      int to = (int) ((p + 1L) * byNorm.length / pieces);
      int[] piece = Arrays.copyOfRange(byNorm, from, to);
      Arrays.sort(piece);
      out.add(piece);
    }
  }
}
