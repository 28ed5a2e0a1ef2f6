package hindcast.bench;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.PackedEmbeddings;

/**
 * Item vectors, row by row.
 *
 * @param name what they are, for tables
 * @param rows {@code rows[a * dimension + l]}
 * @param size P
 * @param dimension L
 */
record ItemVectors(String name, float[] rows, int size, int dimension) {
  ItemVectors {
    if (size < 1 || dimension < 1 || (long) size * dimension != rows.length) {
      throw new IllegalArgumentException(
          "vectors must be size x dimension numbers: "
              + size
              + " x "
              + dimension
              + ", "
              + rows.length);
    }
  }

  /** The same directions, every norm 1; zero vectors stay. */
  ItemVectors normalised() {
    float[] normalised = rows.clone();
    for (int a = 0; a < size; a++) {
      double norm = norm(a);
      for (int l = 0; l < dimension && norm > 0; l++) {
        normalised[a * dimension + l] /= (float) norm;
      }
    }
    return new ItemVectors(name + " normalised", normalised, size, dimension);
  }

  /** The Euclidean norm of an item. */
  double norm(int item) {
    return Math.sqrt(dot(rows, item * dimension, rows, item * dimension));
  }

  /** The inner product of a vector and an item. */
  double dot(float[] vector, int item) {
    return dot(vector, 0, rows, item * dimension);
  }

  /** The mean vector of some items. */
  float[] mean(int[] items) {
    double[] sum = new double[dimension];
    for (int a : items) {
      for (int l = 0; l < dimension; l++) {
        sum[l] += rows[a * dimension + l];
      }
    }
    float[] mean = new float[dimension];
    for (int l = 0; l < dimension; l++) {
      mean[l] = (float) (sum[l] / items.length);
    }
    return mean;
  }

  /** A catalogue of these items; ids are 0, 1, 2, ... */
  ItemCatalogue catalogue() {
    String[] ids = new String[size];
    for (int a = 0; a < size; a++) {
      ids[a] = Integer.toString(a);
    }
    return new ItemCatalogue("bench", name, ids, PackedEmbeddings.ofRows(rows, size, dimension));
  }

  private double dot(float[] u, int uFrom, float[] v, int vFrom) {
    double sum = 0;
    for (int l = 0; l < dimension; l++) {
      sum += (double) u[uFrom + l] * v[vFrom + l];
    }
    return sum;
  }
}
