package hindcast.numeric;

import java.util.Arrays;

/**
 * A matrix of which most entries are 0, stored row by row: row i holds the entries {@code start[i]}
 * to {@code start[i + 1]} of {@code column} and {@code value}.
 *
 * <p>Errors: {@link IllegalArgumentException} for a column out of range, for lists of different
 * lengths and for a value that is not finite.
 */
public final class SparseMatrix {
  private final int columns;
  private final int[] start;
  private final int[] column;
  private final double[] value;

  private SparseMatrix(int columns, int[] start, int[] column, double[] value) {
    this.columns = columns;
    this.start = start;
    this.column = column;
    this.value = value;
  }

  /**
   * How often each row names each column.
   *
   * @param rows the columns each row names; a column named k times counts k
   * @param columns number of columns, at least 1
   */
  public static SparseMatrix counts(int[][] rows, int columns) {
    int[] start = new int[rows.length + 1];
    int[] column = new int[Arrays.stream(rows).mapToInt(row -> row.length).sum()];
    double[] value = new double[column.length];
    int at = 0;
    for (int i = 0; i < rows.length; i++) {
      int[] sorted = rows[i].clone();
      Arrays.sort(sorted);
      for (int k = 0; k < sorted.length; k++) {
        if (sorted[k] < 0 || sorted[k] >= columns) {
          throw new IllegalArgumentException(
              "column must be in [0, " + columns + "): " + sorted[k] + " in row " + i);
        }
        if (k > 0 && sorted[k] == sorted[k - 1]) {
          value[at - 1]++;
        } else {
          column[at] = sorted[k];
          value[at++] = 1;
        }
      }
      start[i + 1] = at;
    }
    return new SparseMatrix(columns, start, Arrays.copyOf(column, at), Arrays.copyOf(value, at));
  }

  /** Number of rows. */
  public int rows() {
    return start.length - 1;
  }

  /** Number of columns. */
  public int columns() {
    return columns;
  }

  /** {@code out = A x} for x of k columns, row-major; {@code out} is rows x k. */
  public void multiply(double[] x, int k, double[] out) {
    Arrays.fill(out, 0);
    for (int i = 0; i < rows(); i++) {
      for (int e = start[i]; e < start[i + 1]; e++) {
        addScaled(value[e], x, column[e] * k, out, i * k, k);
      }
    }
  }

  /** {@code out = A^T x} for x of k columns, row-major; {@code out} is columns x k. */
  public void multiplyTransposed(double[] x, int k, double[] out) {
    Arrays.fill(out, 0);
    for (int i = 0; i < rows(); i++) {
      for (int e = start[i]; e < start[i + 1]; e++) {
        addScaled(value[e], x, i * k, out, column[e] * k, k);
      }
    }
  }

  private static void addScaled(double scale, double[] x, int from, double[] out, int to, int k) {
    for (int j = 0; j < k; j++) {
      out[to + j] += scale * x[from + j];
    }
  }
}
