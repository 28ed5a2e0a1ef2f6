package hindcast.catalogue;

import hindcast.numeric.ColumnKernels;

/**
 * Item vectors in double precision, stored dimension by dimension: {@code columns[l * P + a]} is
 * component l of item a. Scoring the catalogue then runs along the items, which the compiler turns
 * into vector instructions.
 *
 * <p>Errors: {@link IllegalArgumentException} for sizes that do not fit and for NaN or infinity.
 */
public final class Float64Embeddings implements ItemEmbeddings {
  private final int size;
  private final int dimension;
  private final double[] columns;

  /**
   * Vectors row by row.
   *
   * @param rows {@code rows[a * dimension + l]}, copied
   * @param size P
   * @param dimension L
   */
  public Float64Embeddings(double[] rows, int size, int dimension) {
    Shapes.require(size, dimension, rows.length);
    this.size = size;
    this.dimension = dimension;
    this.columns = new double[rows.length];
    for (int a = 0; a < size; a++) {
      for (int l = 0; l < dimension; l++) {
        columns[l * size + a] = Shapes.requireFinite(rows[a * dimension + l], a);
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
    ColumnKernels.multiply(columns, size, dimension, h, out);
  }

  @Override
  public double score(int item, double[] h) {
    double sum = 0;
    for (int l = 0; l < dimension; l++) {
      sum += h[l] * columns[l * size + item];
    }
    return sum;
  }

  @Override
  public void addScaled(int item, double scale, double[] out) {
    for (int l = 0; l < dimension; l++) {
      out[l] += scale * columns[l * size + item];
    }
  }

  @Override
  public void weightedSum(double[] weights, double[] out) {
    ColumnKernels.weightedColumnSums(columns, size, dimension, weights, out);
  }
}
