package hindcast.side;

import hindcast.catalogue.Float64Embeddings;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.numeric.CounterBasedRandom;
import java.util.Arrays;

/**
 * Items grouped by their vectors: k-means, started by k-means++.
 *
 * <pre>
 *   c(a) = argmin_c |β_a − γ_c|², the first of several      γ_c = mean of the β_a with c(a) = c
 * </pre>
 *
 * <p>Assignment and means alternate until nothing changes or the rounds are over; a cluster that
 * loses its last item keeps its centre. Costs O(P C L) a round. A function of items, number and
 * seed; the map is part of what a policy version means.
 *
 * <p>Source: Lloyd 1982; Arthur and Vassilvitskii 2007; baselines 3.
 */
public final class ItemClusters {
  private static final int ROUNDS = 30;

  private final double[][] centers;
  private final int[] clusterOfItem;

  private ItemClusters(double[][] centers, int[] clusterOfItem) {
    this.centers = centers;
    this.clusterOfItem = clusterOfItem;
  }

  /**
   * Clusters of a catalogue.
   *
   * @param items β
   * @param count C, at least 1; at most one for each item is made
   * @param seed of the start
   */
  public static ItemClusters of(ItemEmbeddings items, int count, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException("clusters must be at least 1: " + count);
    }
    double[][] vectors = new double[items.size()][];
    for (int a = 0; a < vectors.length; a++) {
      vectors[a] = items.vector(a);
    }
    double[][] centers = start(vectors, Math.min(count, vectors.length), seed);
    int[] assigned = new int[vectors.length];
    Arrays.fill(assigned, -1);
    for (int round = 0; round < ROUNDS && assign(vectors, centers, assigned); round++) {
      average(vectors, assigned, centers);
    }
    return new ItemClusters(centers, assigned);
  }

  private static double[][] start(double[][] vectors, int count, long seed) {
    long key = CounterBasedRandom.key(seed, "clusters", count, "");
    double[][] centers = new double[count][];
    double[] distance = new double[vectors.length];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    int chosen = CounterBasedRandom.below(key, 0, vectors.length);
    for (int c = 0; c < count; c++) {
      centers[c] = vectors[chosen].clone();
      double sum = 0;
      for (int a = 0; a < vectors.length; a++) {
        distance[a] = Math.min(distance[a], squaredDistance(vectors[a], centers[c]));
        sum += distance[a];
      }
      double left = sum * CounterBasedRandom.uniform(key, c + 1);
      chosen = 0;
      while (chosen < vectors.length - 1 && (left -= distance[chosen]) > 0) {
        chosen++;
      }
    }
    return centers;
  }

  private static boolean assign(double[][] vectors, double[][] centers, int[] assigned) {
    boolean changed = false;
    for (int a = 0; a < vectors.length; a++) {
      int nearest = nearest(vectors[a], centers);
      changed |= nearest != assigned[a];
      assigned[a] = nearest;
    }
    return changed;
  }

  private static void average(double[][] vectors, int[] assigned, double[][] centers) {
    double[][] sums = new double[centers.length][centers[0].length];
    int[] sizes = new int[centers.length];
    for (int a = 0; a < vectors.length; a++) {
      sizes[assigned[a]]++;
      for (int l = 0; l < vectors[a].length; l++) {
        sums[assigned[a]][l] += vectors[a][l];
      }
    }
    for (int c = 0; c < centers.length; c++) {
      for (int l = 0; sizes[c] > 0 && l < sums[c].length; l++) {
        centers[c][l] = sums[c][l] / sizes[c];
      }
    }
  }

  private static int nearest(double[] vector, double[][] centers) {
    int best = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centers.length; c++) {
      double distance = squaredDistance(vector, centers[c]);
      if (distance < smallest) {
        smallest = distance;
        best = c;
      }
    }
    return best;
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int l = 0; l < a.length; l++) {
      sum += (a[l] - b[l]) * (a[l] - b[l]);
    }
    return sum;
  }

  /** C. */
  public int count() {
    return centers.length;
  }

  /** The cluster of each item; read only. */
  public int[] clusterOfItem() {
    return clusterOfItem;
  }

  /** The cluster of an item that is new: the nearest centre. */
  public int nearest(double[] vector) {
    return nearest(vector, centers);
  }

  /** γ: the centres as vectors of a catalogue of clusters. */
  public Float64Embeddings centers() {
    double[] rows = Arrays.stream(centers).flatMapToDouble(Arrays::stream).toArray();
    return new Float64Embeddings(rows, centers.length, centers[0].length);
  }

  /**
   * Soft assignments: p(e|a) ∝ exp(−|β_a − γ_e|² / T), one row for each item.
   *
   * @param temperature T, above 0
   */
  public double[][] soft(ItemEmbeddings items, double temperature) {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature must be above 0: " + temperature);
    }
    double[][] rows = new double[items.size()][centers.length];
    for (int a = 0; a < rows.length; a++) {
      double[] vector = items.vector(a);
      double least = squaredDistance(vector, centers[nearest(vector, centers)]);
      double sum = 0;
      for (int e = 0; e < centers.length; e++) {
        double excess = squaredDistance(vector, centers[e]) - least;
        rows[a][e] = Math.exp(-excess / temperature);
        sum += rows[a][e];
      }
      for (int e = 0; e < centers.length; e++) {
        rows[a][e] /= sum;
      }
    }
    return rows;
  }
}
