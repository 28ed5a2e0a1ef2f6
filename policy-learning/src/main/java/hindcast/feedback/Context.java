package hindcast.feedback;

import java.util.Arrays;

/**
 * The features x ∈ ℝᵈ a decision was made on, dense or sparse, in single precision.
 *
 * <p>Dense: {@code values[i]} is xᵢ. Sparse: {@code values[k]} is the feature {@code indices[k]},
 * all others are 0; indices strictly increase. A dense and a sparse context with the same features
 * give the same numbers bit for bit: both walk the non-zero features in index order.
 *
 * <p>Arrays are taken over, not copied; they must not be changed afterwards. Errors: {@link
 * IllegalArgumentException} for NaN or infinite features, indices out of range or out of order, and
 * a dimension below 1.
 */
public final class Context {
  private final int dimension;
  private final int[] indices;
  private final float[] values;

  private Context(int dimension, int[] indices, float[] values) {
    this.dimension = dimension;
    this.indices = indices;
    this.values = values;
  }

  /** A context with every feature given. */
  public static Context dense(float[] values) {
    requireDimension(values.length);
    requireFinite(values);
    return new Context(values.length, null, values);
  }

  /** A context with only the features that are not zero. */
  public static Context sparse(int dimension, int[] indices, float[] values) {
    requireDimension(dimension);
    if (indices.length != values.length) {
      throw new IllegalArgumentException(
          "sparse context needs one value per index: "
              + indices.length
              + " indices, "
              + values.length
              + " values");
    }
    for (int k = 0; k < indices.length; k++) {
      if (indices[k] < 0 || indices[k] >= dimension) {
        throw new IllegalArgumentException(
            "context index must be in [0, " + dimension + "): " + indices[k]);
      }
      if (k > 0 && indices[k] <= indices[k - 1]) {
        throw new IllegalArgumentException(
            "context indices must increase: " + indices[k] + " after " + indices[k - 1]);
      }
    }
    requireFinite(values);
    return new Context(dimension, indices, values);
  }

  /** d, the number of features. */
  public int dimension() {
    return dimension;
  }

  /** Whether only some features are stored. */
  public boolean isSparse() {
    return indices != null;
  }

  /** Every feature in double precision. */
  public double[] toArray() {
    double[] x = new double[dimension];
    for (int k = 0; k < values.length; k++) {
      x[feature(k)] = values[k];
    }
    return x;
  }

  /** The stored features; read only. */
  public float[] values() {
    return values;
  }

  /** Where the stored features belong, or null if dense; read only. */
  public int[] indices() {
    return indices;
  }

  /**
   * The user vector h = Θᵀx.
   *
   * @param theta Θ, row-major d x L
   * @param latentDimension L
   * @param h receives L numbers
   */
  public void project(double[] theta, int latentDimension, double[] h) {
    Arrays.fill(h, 0, latentDimension, 0);
    for (int k = 0; k < values.length; k++) {
      double x = values[k];
      if (x != 0) {
        int row = feature(k) * latentDimension;
        for (int l = 0; l < latentDimension; l++) {
          h[l] += x * theta[row + l];
        }
      }
    }
  }

  /**
   * Adds an outer product: Θ ← Θ + scale · x ⊗ latent.
   *
   * @param scale a factor
   * @param latent L numbers
   * @param theta row-major d x L
   */
  public void addOuter(double scale, double[] latent, double[] theta) {
    int latentDimension = latent.length;
    for (int k = 0; k < values.length; k++) {
      double x = scale * values[k];
      if (values[k] != 0) {
        int row = feature(k) * latentDimension;
        for (int l = 0; l < latentDimension; l++) {
          theta[row + l] += x * latent[l];
        }
      }
    }
  }

  private int feature(int k) {
    return indices == null ? k : indices[k];
  }

  private static void requireDimension(int dimension) {
    if (dimension < 1) {
      throw new IllegalArgumentException("context dimension must be at least 1: " + dimension);
    }
  }

  private static void requireFinite(float[] values) {
    for (int k = 0; k < values.length; k++) {
      if (!Float.isFinite(values[k])) {
        throw new IllegalArgumentException(
            "context features must be finite: " + values[k] + " at position " + k);
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Context that
        && dimension == that.dimension
        && Arrays.equals(indices, that.indices)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * dimension + Arrays.hashCode(indices)) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return isSparse()
        ? "Context[" + dimension + ", " + indices.length + " stored]"
        : "Context[" + dimension + "]";
  }
}
