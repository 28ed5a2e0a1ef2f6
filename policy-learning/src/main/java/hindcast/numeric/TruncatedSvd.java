package hindcast.numeric;

import java.util.Arrays;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * The r largest singular values of a sparse matrix A (m x n) with their right vectors, A ≈ U S Vᵀ,
 * by the randomised range finder:
 *
 * <pre>
 *   Q = orth(A Ω),  Ω Gaussian, n x k,  k = r + oversampling
 *   Q = orth(A orth(Aᵀ Q))              as often as there are power iterations
 *   B = Qᵀ A,  B Bᵀ = W S² Wᵀ,  V S = Bᵀ W
 * </pre>
 *
 * <p>{@code orth} is Y W' Λ^(-1/2) from the eigenvalues of YᵀY, applied twice; directions whose
 * eigenvalue is below 1e-12 of the largest become zero columns, so that a matrix of rank below r
 * gets zero singular values and never NaN. The sign of each direction is chosen so that its largest
 * component is positive. A function of (A, r, oversampling, iterations, seed) alone. Cost: O(k) per
 * entry of A and iteration, O((m + n) k²) for the rest; memory (m + n) k.
 *
 * <p>Source: Halko, Martinsson, Tropp 2011, algorithms 4.4 and 5.1.
 */
public final class TruncatedSvd {
  private static final double NEGLIGIBLE = 1e-12;

  private final int rank;
  private final double[] singularValues;
  private final double[] scaledRight;

  private TruncatedSvd(int rank, double[] singularValues, double[] scaledRight) {
    this.rank = rank;
    this.singularValues = singularValues;
    this.scaledRight = scaledRight;
  }

  /** With 10 extra directions and 4 power iterations. */
  public static TruncatedSvd of(SparseMatrix a, int rank, long seed) {
    return of(a, rank, 10, 4, seed);
  }

  /**
   * Decomposes.
   *
   * @param a the matrix
   * @param rank r, at least 1 and at most the smaller side of the matrix
   * @param oversampling extra directions, cut to the smaller side
   * @param iterations power iterations, at least 0
   * @param seed of Ω
   */
  public static TruncatedSvd of(
      SparseMatrix a, int rank, int oversampling, int iterations, long seed) {
    int smaller = Math.min(a.rows(), a.columns());
    if (rank < 1 || rank > smaller) {
      throw new IllegalArgumentException("rank must be in [1, " + smaller + "]: " + rank);
    }
    int k = Math.min(smaller, rank + oversampling);
    double[] right = gaussian(a.columns() * k, seed);
    double[] left = new double[a.rows() * k];
    a.multiply(right, k, left);
    orthonormalise(left, k);
    for (int i = 0; i < iterations; i++) {
      a.multiplyTransposed(left, k, right);
      orthonormalise(right, k);
      a.multiply(right, k, left);
      orthonormalise(left, k);
    }
    a.multiplyTransposed(left, k, right);
    return rotate(right, k, rank);
  }

  private static TruncatedSvd rotate(double[] transposedB, int k, int rank) {
    EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(gram(transposedB, k));
    double[] singularValues = new double[rank];
    RealMatrix w = MatrixUtils.createRealMatrix(k, rank);
    for (int j = 0; j < rank; j++) {
      singularValues[j] = Math.sqrt(Math.max(0, eigen.getEigenvalue(j)));
      w.setColumnVector(j, eigen.getEigenvector(j));
    }
    double[] scaledRight = multiply(transposedB, k, w);
    fixSigns(scaledRight, rank);
    return new TruncatedSvd(rank, singularValues, scaledRight);
  }

  /** r. */
  public int rank() {
    return rank;
  }

  /** The singular values, largest first. */
  public double[] singularValues() {
    return singularValues.clone();
  }

  /** V S, row-major n x r: one vector for each column of A. */
  public double[] scaledRight() {
    return scaledRight.clone();
  }

  private static double[] gaussian(int count, long seed) {
    long key = CounterBasedRandom.key(seed, "truncated-svd", 0, "range");
    double[] numbers = new double[count];
    Arrays.setAll(numbers, i -> CounterBasedRandom.gaussian(key, i));
    return numbers;
  }

  private static void orthonormalise(double[] y, int k) {
    for (int pass = 0; pass < 2; pass++) {
      EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(gram(y, k));
      double largest = eigen.getEigenvalue(0);
      RealMatrix w = MatrixUtils.createRealMatrix(k, k);
      for (int j = 0; j < k; j++) {
        double value = eigen.getEigenvalue(j);
        if (value > NEGLIGIBLE * largest) {
          w.setColumnVector(j, eigen.getEigenvector(j).mapMultiply(1 / Math.sqrt(value)));
        }
      }
      System.arraycopy(multiply(y, k, w), 0, y, 0, y.length);
    }
  }

  private static RealMatrix gram(double[] y, int k) {
    double[][] gram = new double[k][k];
    for (int row = 0; row < y.length; row += k) {
      for (int i = 0; i < k; i++) {
        double scale = y[row + i];
        if (scale != 0) {
          for (int j = 0; j < k; j++) {
            gram[i][j] += scale * y[row + j];
          }
        }
      }
    }
    return MatrixUtils.createRealMatrix(gram);
  }

  private static double[] multiply(double[] y, int k, RealMatrix w) {
    double[][] rows = w.getData();
    int columns = w.getColumnDimension();
    double[] out = new double[y.length / k * columns];
    for (int row = 0; row < y.length / k; row++) {
      for (int i = 0; i < k; i++) {
        double scale = y[row * k + i];
        for (int j = 0; j < columns; j++) {
          out[row * columns + j] += scale * rows[i][j];
        }
      }
    }
    return out;
  }

  private static void fixSigns(double[] matrix, int columns) {
    for (int j = 0; j < columns; j++) {
      double extreme = 0;
      for (int at = j; at < matrix.length; at += columns) {
        extreme = Math.abs(matrix[at]) > Math.abs(extreme) ? matrix[at] : extreme;
      }
      if (extreme < 0) {
        for (int at = j; at < matrix.length; at += columns) {
          matrix[at] = -matrix[at];
        }
      }
    }
  }
}
