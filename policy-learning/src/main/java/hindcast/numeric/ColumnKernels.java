package hindcast.numeric;

import java.util.Arrays;

/**
 * Dense products with a matrix stored column by column: {@code columns[l][a]}, L columns of P rows.
 * The inner loops have unit stride, no branch and no reduction, so that the compiler's own
 * vectoriser handles them; terms are added in a fixed order, the same for one row as for all of
 * them.
 *
 * <ul>
 *   <li>{@link #multiply}: four columns at a time, {@code out += h₀c₀ + h₁c₁ + h₂c₂ + h₃c₃}.
 *   <li>{@link #weightedSum}: four columns at a time, even and odd rows apart.
 * </ul>
 */
public final class ColumnKernels {
  private ColumnKernels() {}

  /** {@code out[a] = Σ_l h[l] · columns[l][a]}. */
  public static void multiply(double[][] columns, double[] h, double[] out) {
    int rows = columns[0].length;
    Arrays.fill(out, 0, rows, 0);
    int l = 0;
    for (; l + 4 <= columns.length; l += 4) {
      addFour(
          columns[l],
          columns[l + 1],
          columns[l + 2],
          columns[l + 3],
          h[l],
          h[l + 1],
          h[l + 2],
          h[l + 3],
          rows,
          out);
    }
    for (; l < columns.length; l++) {
      addOne(columns[l], h[l], rows, out);
    }
  }

  /** Row {@code a} of {@link #multiply(double[][], double[], double[])}, bit for bit. */
  public static double multiply(double[][] columns, double[] h, int a) {
    double sum = 0;
    int l = 0;
    for (; l + 4 <= columns.length; l += 4) {
      sum +=
          h[l] * columns[l][a]
              + h[l + 1] * columns[l + 1][a]
              + h[l + 2] * columns[l + 2][a]
              + h[l + 3] * columns[l + 3][a];
    }
    for (; l < columns.length; l++) {
      sum += h[l] * columns[l][a];
    }
    return sum;
  }

  /** {@code out[l] = Σ_a weights[a] · columns[l][a]}, in double precision. */
  public static void weightedSum(double[][] columns, double[] weights, double[] out) {
    int l = 0;
    for (; l + 4 <= columns.length; l += 4) {
      weightedSumOfFour(
          columns[l], columns[l + 1], columns[l + 2], columns[l + 3], weights, out, l);
    }
    for (; l < columns.length; l++) {
      double sum = 0;
      for (int a = 0; a < columns[l].length; a++) {
        sum += weights[a] * columns[l][a];
      }
      out[l] = sum;
    }
  }

  private static void addFour(
      double[] c0,
      double[] c1,
      double[] c2,
      double[] c3,
      double h0,
      double h1,
      double h2,
      double h3,
      int rows,
      double[] out) {
    for (int a = 0; a < rows; a++) {
      out[a] += h0 * c0[a] + h1 * c1[a] + h2 * c2[a] + h3 * c3[a];
    }
  }

  private static void addOne(double[] column, double h, int rows, double[] out) {
    for (int a = 0; a < rows; a++) {
      out[a] += h * column[a];
    }
  }

  private static void weightedSumOfFour(
      double[] c0, double[] c1, double[] c2, double[] c3, double[] weights, double[] out, int l) {
    double even0 = 0;
    double even1 = 0;
    double even2 = 0;
    double even3 = 0;
    double odd0 = 0;
    double odd1 = 0;
    double odd2 = 0;
    double odd3 = 0;
    int a = 0;
    for (; a + 2 <= c0.length; a += 2) {
      double even = weights[a];
      double odd = weights[a + 1];
      even0 += even * c0[a];
      even1 += even * c1[a];
      even2 += even * c2[a];
      even3 += even * c3[a];
      odd0 += odd * c0[a + 1];
      odd1 += odd * c1[a + 1];
      odd2 += odd * c2[a + 1];
      odd3 += odd * c3[a + 1];
    }
    if (a < c0.length) {
      even0 += weights[a] * c0[a];
      even1 += weights[a] * c1[a];
      even2 += weights[a] * c2[a];
      even3 += weights[a] * c3[a];
    }
    out[l] = even0 + odd0;
    out[l + 1] = even1 + odd1;
    out[l + 2] = even2 + odd2;
    out[l + 3] = even3 + odd3;
  }
}
