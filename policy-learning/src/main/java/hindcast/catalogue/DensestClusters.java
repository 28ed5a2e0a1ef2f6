package hindcast.catalogue;

import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;

/**
 * For each of 32 contexts the clusters of largest estimated mass per place that have room in a
 * budget of places: the most mass for what it costs to enumerate them. From the densest down, up to
 * the first that no longer fits; clusters larger than the whole budget are passed over.
 *
 * <p>A heap of the densest clusters for each context, its root the least dense; one pass over the
 * masses, in which nearly every cluster fails one comparison. Buffers are made once; one object
 * serves one thread.
 */
public final class DensestClusters {
  private static final int LANES = MinibatchKernels.LANES;
  private final ItemClusters clusters;
  private final int[][] heaps = new int[LANES][];
  private final int[] counts = new int[LANES];
  private final int[] places = new int[LANES];
  private final float[] thresholds = new float[LANES];

  /** Room for the clusters of one partition. */
  public DensestClusters(ItemClusters clusters) {
    this.clusters = clusters;
    for (int i = 0; i < LANES; i++) {
      heaps[i] = new int[Math.min(16, clusters.count())];
    }
  }

  /**
   * Selects.
   *
   * @param logMasses as {@link ItemClusters#logMasses} writes them
   * @param contexts how many of the 32 lanes hold a context
   * @param budget E, places to enumerate for each context
   */
  public void select(float[] logMasses, int contexts, int budget) {
    Arrays.fill(counts, 0);
    Arrays.fill(places, 0);
    Arrays.fill(thresholds, Float.NEGATIVE_INFINITY);
    for (int c = 0; c < clusters.count(); c++) {
      if (clusters.size(c) <= budget) {
        float logSize = clusters.logSize(c);
        for (int i = 0; i < contexts; i++) {
          if (logMasses[c * LANES + i] - logSize > thresholds[i]) {
            offer(logMasses, i, c, budget);
          }
        }
      }
    }
    for (int i = 0; i < contexts; i++) {
      while (places[i] > budget) {
        pop(logMasses, i);
      }
      sortDescending(logMasses, i);
    }
  }

  /** How many clusters are selected for a context. */
  public int count(int context) {
    return counts[context];
  }

  /** The j-th selected cluster, the densest first. */
  public int cluster(int context, int j) {
    return heaps[context][j];
  }

  /** Places in the selected clusters of a context; at most the budget. */
  public int places(int context) {
    return places[context];
  }

  private float density(float[] masses, int lane, int cluster) {
    return masses[cluster * LANES + lane] - clusters.logSize(cluster);
  }

  private void offer(float[] masses, int lane, int cluster, int budget) {
    push(masses, lane, cluster);
    while (places[lane] - clusters.size(heaps[lane][0]) >= budget) {
      pop(masses, lane);
    }
    if (places[lane] >= budget) {
      thresholds[lane] = density(masses, lane, heaps[lane][0]);
    }
  }

  private void push(float[] masses, int lane, int cluster) {
    if (counts[lane] == heaps[lane].length) {
      heaps[lane] = Arrays.copyOf(heaps[lane], Math.min(clusters.count(), 2 * counts[lane]));
    }
    int[] heap = heaps[lane];
    int child = counts[lane]++;
    places[lane] += clusters.size(cluster);
    float density = density(masses, lane, cluster);
    while (child > 0 && density(masses, lane, heap[(child - 1) / 2]) > density) {
      heap[child] = heap[(child - 1) / 2];
      child = (child - 1) / 2;
    }
    heap[child] = cluster;
  }

  private int pop(float[] masses, int lane) {
    int[] heap = heaps[lane];
    int root = heap[0];
    places[lane] -= clusters.size(root);
    counts[lane]--;
    if (counts[lane] > 0) {
      sink(masses, lane, heap[counts[lane]], counts[lane]);
    }
    return root;
  }

  /** Puts a cluster at the root of a heap of so many and lets it sink. */
  private void sink(float[] masses, int lane, int cluster, int count) {
    int[] heap = heaps[lane];
    float density = density(masses, lane, cluster);
    int parent = 0;
    while (2 * parent + 1 < count) {
      int child = 2 * parent + 1;
      if (child + 1 < count
          && density(masses, lane, heap[child + 1]) < density(masses, lane, heap[child])) {
        child++;
      }
      if (density(masses, lane, heap[child]) >= density) {
        break;
      }
      heap[parent] = heap[child];
      parent = child;
    }
    heap[parent] = cluster;
  }

  private void sortDescending(float[] masses, int lane) {
    int[] heap = heaps[lane];
    for (int end = counts[lane] - 1; end > 0; end--) {
      int smallest = heap[0];
      sink(masses, lane, heap[end], end);
      heap[end] = smallest;
    }
  }
}
