package hindcast.catalogue;

import hindcast.numeric.ColumnKernels;

/**
 * Item vectors in single precision, scored in single precision, stored dimension by dimension:
 * {@code columns[l][a]} is component l of item a.
 *
 * <p>Errors: {@link IllegalArgumentException} for sizes that do not fit and for NaN or infinity.
 */
public final class Float32Embeddings implements ItemEmbeddings {
  private final int size;
  private final int dimension;
  private final float[][] columns;

  /**
   * Vectors row by row.
   *
   * @param rows {@code rows[a * dimension + l]}, copied
   * @param size P
   * @param dimension L
   */
  public Float32Embeddings(float[] rows, int size, int dimension) {
    Shapes.require(size, dimension, rows.length);
    this.size = size;
    this.dimension = dimension;
    this.columns = new float[dimension][size];
    for (int a = 0; a < size; a++) {
      for (int l = 0; l < dimension; l++) {
        columns[l][a] = (float) Shapes.requireFinite(rows[a * dimension + l], a);
      }
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public void scores(double[] h, double[] out) {
    ColumnKernels.multiply(columns, h, new float[size], out);
  }

  @Override
  public double score(int item, double[] h) {
    return ColumnKernels.multiply(columns, h, item);
  }

  @Override
  public void addScaled(int item, double scale, double[] out) {
    for (int l = 0; l < dimension; l++) {
      out[l] += scale * columns[l][item];
    }
  }

  @Override
  public void weightedSum(double[] weights, double[] out) {
    ColumnKernels.weightedSum(columns, weights, out);
  }
}
