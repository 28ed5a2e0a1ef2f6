package hindcast.catalogue;

import hindcast.numeric.CounterBasedRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Made-up item vectors and queries of the kinds an index meets. */
final class SampleItems {
  private SampleItems() {}

  /** Gaussian vectors without structure. */
  static float[] isotropic(int size, int dimension, long seed) {
    float[] rows = new float[size * dimension];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = (float) CounterBasedRandom.gaussian(seed, k);
    }
    return rows;
  }

  /** Clouds around centres of norm about 1; a cloud's radius is 0.4 of that. */
  static float[] clustered(int size, int dimension, int clouds, long seed) {
    float[] centres = isotropic(clouds, dimension, seed + 1);
    float[] rows = isotropic(size, dimension, seed);
    for (int a = 0; a < size; a++) {
      int cloud = CounterBasedRandom.below(seed + 2, a, clouds);
      for (int l = 0; l < dimension; l++) {
        float centre = centres[cloud * dimension + l];
        rows[a * dimension + l] =
            (float) ((centre + .4 * rows[a * dimension + l]) / Math.sqrt(dimension));
      }
    }
    return rows;
  }

  /** Clouds, every vector scaled by a log-normal number: norms follow popularity. */
  static float[] normsVary(int size, int dimension, int clouds, long seed) {
    float[] rows = clustered(size, dimension, clouds, seed);
    for (int a = 0; a < size; a++) {
      float scale = (float) Math.exp(.8 * CounterBasedRandom.gaussian(seed + 3, a));
      for (int l = 0; l < dimension; l++) {
        rows[a * dimension + l] *= scale;
      }
    }
    return rows;
  }

  /** Clouds, every vector of length 1. */
  static float[] normalised(int size, int dimension, int clouds, long seed) {
    float[] rows = clustered(size, dimension, clouds, seed);
    for (int a = 0; a < size; a++) {
      double square = 0;
      for (int l = 0; l < dimension; l++) {
        square += rows[a * dimension + l] * rows[a * dimension + l];
      }
      for (int l = 0; l < dimension; l++) {
        rows[a * dimension + l] /= (float) Math.sqrt(square);
      }
    }
    return rows;
  }

  /** Queries near items, so that they have something to find. */
  static double[][] queries(ItemEmbeddings items, int n, long seed) {
    double[][] h = new double[n][items.dimension()];
    for (int q = 0; q < n; q++) {
      items.addScaled(CounterBasedRandom.below(seed, q, items.size()), 2, h[q]);
      for (int l = 0; l < h[q].length; l++) {
        h[q][l] += .5 * CounterBasedRandom.gaussian(seed + q, l) / Math.sqrt(h[q].length);
      }
    }
    return h;
  }

  /** Every awkward catalogue by name. */
  static Map<String, ItemEmbeddings> awkward() {
    Map<String, ItemEmbeddings> items = new LinkedHashMap<>();
    items.put("one item", of(isotropic(1, 5, 1), 5));
    items.put("one zero vector", of(new float[7], 7));
    float[] equal = new float[300 * 3];
    Arrays.fill(equal, .5f);
    items.put("all equal", of(equal, 3));
    items.put("all zero", of(new float[100 * 4], 4));
    float[] giant = isotropic(200, 8, 2);
    Arrays.fill(giant, 80, 88, 1e4f);
    items.put("one giant norm", of(giant, 8));
    float[] zeros = isotropic(100, 6, 3);
    Arrays.fill(zeros, 0, 240, 0);
    zeros[0] = -0f;
    items.put("zero vectors", of(zeros, 6));
    float[] duplicates = isotropic(400, 10, 4);
    System.arraycopy(duplicates, 0, duplicates, 2000, 1500);
    System.arraycopy(duplicates, 0, duplicates, 3500, 500);
    items.put("duplicates", of(duplicates, 10));
    items.put("fewer than a block", of(isotropic(11, 4, 5), 4));
    items.put("a block and one", of(isotropic(17, 33, 6), 33));
    items.put("dimension 1", of(isotropic(500, 1, 7), 1));
    items.put("nearly equal", of(nearlyEqual(), 4));
    items.put("799 clustered", of(normsVary(799, 20, 30, 8), 20));
    return items;
  }

  private static float[] nearlyEqual() {
    float[] rows = new float[600 * 4];
    for (int k = 0; k < rows.length; k++) {
      int item = k / 4;
      rows[k] = 1 + item * 1.2e-7f;
    }
    return rows;
  }

  static ItemEmbeddings of(float[] rows, int dimension) {
    return PackedEmbeddings.ofRows(rows, rows.length / dimension, dimension);
  }
}
