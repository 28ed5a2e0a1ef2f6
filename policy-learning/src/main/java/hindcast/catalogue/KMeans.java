package hindcast.catalogue;

import hindcast.numeric.CounterBasedRandom;
import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;

/**
 * Lloyd's algorithm on n vectors of length L: every vector to its nearest centroid, every centroid
 * to the mean of its vectors. The start is that of k-means‖ with 32 candidates a round (Bahmani et
 * al. 2012): vectors drawn with probability proportional to the squared distance from the nearest
 * centroid so far, so that rare regions get centroids too. Fewer centroids than asked for come out
 * where there are fewer different vectors.
 *
 * <p>Deterministic in the key for any number of threads: a vector's centroid depends on that vector
 * alone, and a centroid sums its vectors in their order. Scores are single precision, means double.
 */
final class KMeans {
  private static final int LANES = 32;
  private static final int BLOCK = 16;
  private static final int GROUPS_A_TASK = 64;
  private static final MinibatchKernels KERNELS = MinibatchKernels.fastest();
  private final float[] rows;
  private final int n;
  private final int dimension;
  private final int threads;
  private final int[] assigned;

  private KMeans(float[] rows, int n, int dimension, int threads) {
    this.rows = rows;
    this.n = n;
    this.dimension = dimension;
    this.threads = threads;
    this.assigned = new int[n];
    Arrays.fill(assigned, -1);
  }

  /**
   * Centroids of some vectors.
   *
   * @param rows {@code rows[i * dimension + l]}
   * @param n how many vectors, at least 1
   * @param clusters how many centroids at most, at least 1
   * @param iterations of Lloyd's algorithm at most; it ends earlier where nothing moves
   */
  static NearestCentroids fit(
      float[] rows, int n, int dimension, int clusters, int iterations, long key, int threads) {
    KMeans fit = new KMeans(rows, n, dimension, threads);
    float[] centroids = fit.start(Math.min(clusters, n), key);
    int count = centroids.length / dimension;
    NearestCentroids nearest = new NearestCentroids(centroids, count, dimension);
    for (int i = 0; i < iterations && fit.assign(nearest); i++) {
      fit.move(centroids, count);
      nearest = new NearestCentroids(centroids, count, dimension);
    }
    return nearest;
  }

  /** Draws up to {@code clusters} different vectors. */
  private float[] start(int clusters, long key) {
    float[] centroids = new float[clusters * dimension];
    float[] packed = Packing.pack(rows, n, dimension);
    double[] squares = squares();
    double[] distances = new double[n];
    Arrays.fill(distances, 1);
    int count = 0;
    for (long round = 0; count < clusters; round++) {
      int drawn =
          draw(
              distances,
              Math.min(LANES, clusters - count),
              CounterBasedRandom.bits(key, round),
              centroids,
              count);
      if (drawn == 0) {
        break;
      }
      shrink(distances, packed, squares, centroids, count, drawn, round == 0);
      count += drawn;
    }
    return Arrays.copyOf(centroids, count * dimension);
  }

  private double[] squares() {
    double[] squares = new double[n];
    for (int i = 0; i < n; i++) {
      for (int l = 0; l < dimension; l++) {
        squares[i] += (double) rows[i * dimension + l] * rows[i * dimension + l];
      }
    }
    return squares;
  }

  /** Copies drawn vectors behind the first {@code count} centroids; returns how many. */
  private int draw(double[] distances, int wanted, long key, float[] centroids, int count) {
    double[] cumulative = new double[n];
    double total = 0;
    for (int i = 0; i < n; i++) {
      total += distances[i];
      cumulative[i] = total;
    }
    if (!(total > 0)) {
      return 0;
    }
    int[] chosen = new int[wanted];
    for (int k = 0; k < wanted; k++) {
      int at = Arrays.binarySearch(cumulative, CounterBasedRandom.uniform(key, k) * total);
      chosen[k] = Math.min(n - 1, at >= 0 ? at : -at - 1);
    }
    int[] distinct = Arrays.stream(chosen).distinct().toArray();
    for (int k = 0; k < distinct.length; k++) {
      System.arraycopy(
          rows, distinct[k] * dimension, centroids, (count + k) * dimension, dimension);
    }
    return distinct.length;
  }

  /** Takes the new centroids into the distance from the nearest one. */
  private void shrink(
      double[] distances,
      float[] packed,
      double[] squares,
      float[] centroids,
      int from,
      int drawn,
      boolean first) {
    float[] lanes = new float[dimension * LANES];
    double[] centroidSquares = new double[LANES];
    for (int k = 0; k < drawn; k++) {
      for (int l = 0; l < dimension; l++) {
        float component = centroids[(from + k) * dimension + l];
        lanes[l * LANES + k] = component;
        centroidSquares[k] += (double) component * component;
      }
    }
    int blocks = (n + BLOCK - 1) / BLOCK;
    int tasks = (blocks + GROUPS_A_TASK - 1) / GROUPS_A_TASK;
    ParallelTasks.run(
        threads,
        tasks,
        task -> {
          int to = Math.min(blocks, (task + 1) * GROUPS_A_TASK);
          float[] scores = new float[BLOCK * LANES];
          for (int block = task * GROUPS_A_TASK; block < to; block++) {
            KERNELS.scores(packed, dimension, block, block + 1, lanes, scores, 0);
            for (int i = block * BLOCK; i < Math.min(n, (block + 1) * BLOCK); i++) {
              double nearest = first ? Double.POSITIVE_INFINITY : distances[i];
              for (int k = 0; k < drawn; k++) {
                double inner = scores[(i - block * BLOCK) * LANES + k];
                nearest = Math.min(nearest, squares[i] - 2 * inner + centroidSquares[k]);
              }
              distances[i] = nearest < 1e-6 * squares[i] ? 0 : nearest;
            }
          }
        });
  }

  /** Returns whether any vector changed its centroid. */
  private boolean assign(NearestCentroids nearest) {
    int groups = (n + LANES - 1) / LANES;
    int tasks = (groups + GROUPS_A_TASK - 1) / GROUPS_A_TASK;
    boolean[] changed = new boolean[tasks];
    ParallelTasks.run(
        threads,
        tasks,
        task -> {
          NearestCentroids.Lanes lanes = nearest.new Lanes();
          int to = Math.min(groups, (task + 1) * GROUPS_A_TASK);
          for (int group = task * GROUPS_A_TASK; group < to; group++) {
            changed[task] |= assign(group * LANES, lanes);
          }
        });
    for (boolean any : changed) {
      if (any) {
        return true;
      }
    }
    return false;
  }

  private boolean assign(int from, NearestCentroids.Lanes lanes) {
    int items = Math.min(LANES, n - from);
    for (int i = 0; i < items; i++) {
      for (int l = 0; l < dimension; l++) {
        lanes.components[l * LANES + i] = rows[(from + i) * dimension + l];
      }
    }
    int[] found = lanes.find(items);
    boolean changed = false;
    for (int i = 0; i < items; i++) {
      changed |= assigned[from + i] != found[i];
      assigned[from + i] = found[i];
    }
    return changed;
  }

  /** Moves each centroid to the mean of its vectors; one without vectors stays. */
  private void move(float[] centroids, int count) {
    Groups groups = Groups.of(assigned, n, count);
    int tasks = (count + LANES - 1) / LANES;
    ParallelTasks.run(
        threads,
        tasks,
        task -> {
          double[] mean = new double[dimension];
          for (int c = task * LANES; c < Math.min(count, (task + 1) * LANES); c++) {
            Arrays.fill(mean, 0);
            for (int j = groups.from(c); j < groups.from(c + 1); j++) {
              int at = groups.member(j) * dimension;
              for (int l = 0; l < dimension; l++) {
                mean[l] += rows[at + l];
              }
            }
            int size = groups.from(c + 1) - groups.from(c);
            for (int l = 0; l < dimension && size > 0; l++) {
              centroids[c * dimension + l] = (float) (mean[l] / size);
            }
          }
        });
  }
}
