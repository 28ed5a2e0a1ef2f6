package hindcast.numeric;

import java.util.Arrays;

/**
 * Dense products with a matrix stored column by column ({@code columns[l * rows + a]}), written so
 * that the compiler's own vectoriser handles the inner loops: unit stride, no branches, no
 * reductions.
 */
public final class ColumnKernels {
  private ColumnKernels() {}

  /** {@code out[a] = Σ_l h[l] · columns[l * rows + a]}. */
  public static void multiply(double[] columns, int rows, int count, double[] h, double[] out) {
    Arrays.fill(out, 0, rows, 0);
    for (int l = 0; l < count; l++) {
      double x = h[l];
      int column = l * rows;
      for (int a = 0; a < rows; a++) {
        out[a] += x * columns[column + a];
      }
    }
  }

  /** {@code out[a] = Σ_l h[l] · columns[l * rows + a]}, in double precision. */
  public static void multiply(float[] columns, int rows, int count, double[] h, double[] out) {
    Arrays.fill(out, 0, rows, 0);
    for (int l = 0; l < count; l++) {
      double x = h[l];
      int column = l * rows;
      for (int a = 0; a < rows; a++) {
        out[a] += x * columns[column + a];
      }
    }
  }

  /** {@code out[l] = Σ_a weights[a] · columns[l * rows + a]}. */
  public static void weightedColumnSums(
      double[] columns, int rows, int count, double[] weights, double[] out) {
    for (int l = 0; l < count; l++) {
      int column = l * rows;
      double sum = 0;
      for (int a = 0; a < rows; a++) {
        sum += weights[a] * columns[column + a];
      }
      out[l] = sum;
    }
  }

  /** {@code out[l] = Σ_a weights[a] · columns[l * rows + a]}, in double precision. */
  public static void weightedColumnSums(
      float[] columns, int rows, int count, double[] weights, double[] out) {
    for (int l = 0; l < count; l++) {
      int column = l * rows;
      double sum = 0;
      for (int a = 0; a < rows; a++) {
        sum += weights[a] * columns[column + a];
      }
      out[l] = sum;
    }
  }
}
