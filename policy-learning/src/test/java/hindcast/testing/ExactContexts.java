package hindcast.testing;

import hindcast.feedback.Context;

/**
 * Double precision features in single precision contexts: each feature becomes three features whose
 * sum it is, and each row of Θ appears three times. Scores are those of the original numbers; the
 * original gradient is the sum of the three rows.
 */
public final class ExactContexts {
  private static final int PARTS = 3;

  private ExactContexts() {}

  /** The context of 3d features. */
  public static Context split(double[] x) {
    float[] parts = new float[PARTS * x.length];
    for (int i = 0; i < x.length; i++) {
      double rest = x[i];
      for (int k = 0; k < PARTS; k++) {
        parts[PARTS * i + k] = (float) rest;
        rest -= parts[PARTS * i + k];
      }
    }
    return Context.dense(parts);
  }

  /** Θ with every row three times, row-major. */
  public static double[] repeat(double[][] theta) {
    int latent = theta[0].length;
    double[] rows = new double[PARTS * theta.length * latent];
    for (int row = 0; row < PARTS * theta.length; row++) {
      System.arraycopy(theta[row / PARTS], 0, rows, row * latent, latent);
    }
    return rows;
  }

  /** The gradient in the original features. */
  public static double[][] collapse(double[] gradient, int d, int latent) {
    double[][] sum = new double[d][latent];
    for (int row = 0; row < PARTS * d; row++) {
      for (int l = 0; l < latent; l++) {
        sum[row / PARTS][l] += gradient[row * latent + l];
      }
    }
    return sum;
  }
}
