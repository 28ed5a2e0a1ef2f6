package hindcast.numeric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * {@code M = I + sum g g^T} of dimension d and its inverse, updated one vector at a time.
 *
 * <p>Sherman-Morrison: {@code Minv -= (Minv g)(Minv g)^T / (1 + g^T Minv g)}, O(d^2), symmetric to
 * the last bit. When rounding makes a diagonal element of the inverse not positive, and after each
 * merge, the inverse is computed anew from M. Merging adds {@code M - I}.
 */
public final class InformationMatrix {
  private final int dimension;
  private double[] m;
  private double[] inverse;
  private final double[] product;

  /** The identity. */
  public InformationMatrix(int dimension) {
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension must be at least 1: " + dimension);
    }
    this.dimension = dimension;
    m = identity();
    inverse = identity();
    product = new double[dimension];
  }

  private double[] identity() {
    double[] identity = new double[dimension * dimension];
    for (int i = 0; i < dimension; i++) {
      identity[i * dimension + i] = 1;
    }
    return identity;
  }

  /** {@code g^T M^-1 g}, at least 0. */
  public double quadratic(double[] g) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      double row = 0;
      for (int j = 0; j < dimension; j++) {
        row += inverse[i * dimension + j] * g[j];
      }
      product[i] = row;
      sum += g[i] * row;
    }
    return Math.max(0, sum);
  }

  /** {@code M += g g^T}. */
  public void add(double[] g) {
    double denominator = 1 + quadratic(g);
    boolean positive = true;
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < dimension; j++) {
        m[i * dimension + j] += g[i] * g[j];
        inverse[i * dimension + j] -= product[i] * product[j] / denominator;
      }
      positive &= inverse[i * dimension + i] > 0;
    }
    if (!positive) {
      invert();
    }
  }

  /** Adds all vectors of the other matrix. */
  public void merge(InformationMatrix other) {
    if (dimension != other.dimension) {
      throw new IllegalArgumentException(
          "dimensions must be equal to merge: " + dimension + " and " + other.dimension);
    }
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < dimension; j++) {
        m[i * dimension + j] += other.m[i * dimension + j] - (i == j ? 1 : 0);
      }
    }
    invert();
  }

  /**
   * Forgets: {@code M <- rho M + (1 - rho) I}, with a new factorisation.
   *
   * @param rho share that is kept, in [0, 1]; 0 begins anew
   */
  public void forget(double rho) {
    if (!(rho >= 0 && rho <= 1)) {
      throw new IllegalArgumentException("share that is kept must be in [0, 1]: " + rho);
    }
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < dimension; j++) {
        m[i * dimension + j] = rho * m[i * dimension + j] + (i == j ? 1 - rho : 0);
      }
    }
    invert();
  }

  private void invert() {
    RealMatrix solved =
        new CholeskyDecomposition(MatrixUtils.createRealMatrix(matrix(m)), 1e-12, 0)
            .getSolver()
            .getInverse();
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < dimension; j++) {
        inverse[i * dimension + j] = (solved.getEntry(i, j) + solved.getEntry(j, i)) / 2;
      }
    }
  }

  /** M, d x d. */
  public double[][] matrix() {
    return matrix(m);
  }

  /** The inverse of M, d x d. */
  public double[][] inverse() {
    return matrix(inverse);
  }

  private double[][] matrix(double[] flat) {
    double[][] rows = new double[dimension][dimension];
    for (int i = 0; i < dimension; i++) {
      System.arraycopy(flat, i * dimension, rows[i], 0, dimension);
    }
    return rows;
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    for (double x : m) {
      out.writeDouble(x);
    }
    for (double x : inverse) {
      out.writeDouble(x);
    }
  }

  /** Replaces the state by one of the same dimension that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    for (int i = 0; i < m.length; i++) {
      m[i] = in.readDouble();
    }
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] = in.readDouble();
    }
  }
}
