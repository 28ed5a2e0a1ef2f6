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
  private final float[][] densities = new float[LANES][];
  private final int[] counts = new int[LANES];
  private final int[] places = new int[LANES];
  private final float[] thresholds = new float[LANES];

  /** Room for the clusters of one partition. */
  public DensestClusters(ItemClusters clusters) {
    this.clusters = clusters;
    for (int i = 0; i < LANES; i++) {
      heaps[i] = new int[Math.min(16, clusters.count())];
      densities[i] = new float[heaps[i].length];
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
          float density = logMasses[c * LANES + i] - logSize;
          if (density > thresholds[i]) {
            offer(i, c, density, budget);
          }
        }
      }
    }
    for (int i = 0; i < contexts; i++) {
      while (places[i] > budget) {
        pop(i);
      }
      sortDescending(i);
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

  private void offer(int lane, int cluster, float density, int budget) {
    push(lane, cluster, density);
    while (places[lane] - clusters.size(heaps[lane][0]) >= budget) {
      pop(lane);
    }
    if (places[lane] >= budget) {
      thresholds[lane] = densities[lane][0];
    }
  }

  private void push(int lane, int cluster, float density) {
    if (counts[lane] == heaps[lane].length) {
      int room = Math.min(clusters.count(), 2 * counts[lane]);
      heaps[lane] = Arrays.copyOf(heaps[lane], room);
      densities[lane] = Arrays.copyOf(densities[lane], room);
    }
    int[] heap = heaps[lane];
    float[] order = densities[lane];
    int child = counts[lane]++;
    places[lane] += clusters.size(cluster);
    while (child > 0 && order[(child - 1) / 2] > density) {
      move(lane, (child - 1) / 2, child);
      child = (child - 1) / 2;
    }
    heap[child] = cluster;
    order[child] = density;
  }

  private void move(int lane, int from, int to) {
    heaps[lane][to] = heaps[lane][from];
    densities[lane][to] = densities[lane][from];
  }

  private void pop(int lane) {
    places[lane] -= clusters.size(heaps[lane][0]);
    int last = --counts[lane];
    if (last > 0) {
      sink(lane, heaps[lane][last], densities[lane][last], last);
    }
  }

  /** Puts a cluster at the root of a heap of so many and lets it sink. */
  private void sink(int lane, int cluster, float density, int count) {
    float[] order = densities[lane];
    int parent = 0;
    while (2 * parent + 1 < count) {
      int child = 2 * parent + 1;
      if (child + 1 < count && order[child + 1] < order[child]) {
        child++;
      }
      if (order[child] >= density) {
        break;
      }
      move(lane, child, parent);
      parent = child;
    }
    heaps[lane][parent] = cluster;
    order[parent] = density;
  }

  private void sortDescending(int lane) {
    for (int end = counts[lane] - 1; end > 0; end--) {
      int smallest = heaps[lane][0];
      float lowest = densities[lane][0];
      sink(lane, heaps[lane][end], densities[lane][end], end);
      heaps[lane][end] = smallest;
      densities[lane][end] = lowest;
    }
  }
}
