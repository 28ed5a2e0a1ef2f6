package hindcast.bench;

/**
 * How far estimates of a gradient are from it, over minibatches m and repetitions r with draws of
 * their own; e = ĝ − g.
 *
 * <pre>
 *   relativeMse   Σ_m mean_r |e_mr|² / Σ_m |g_m|²
 *   biasSquared   Σ_m mean_{r≠s} e_mr · e_ms / Σ_m |g_m|²     unbiased for |E e|²; may be below 0
 *   cosine        mean of cos(ĝ_mr, g_m)
 * </pre>
 *
 * <p>With one repetition (estimators that draw nothing) the error is all bias. The standard error
 * of biasSquared is the jackknife's over repetitions.
 */
final class GradientError {
  private double squaredNorms;
  private double squaredErrors;
  private double cosines;
  private int minibatches;
  private double[] bias = new double[0];
  private double biasOfAll;

  /** Adds a minibatch: its gradient and at least one estimate; as many for each minibatch. */
  void add(double[] exact, double[][] estimates) {
    int n = estimates.length;
    double[][] products = new double[n][n];
    double[][] errors = new double[n][];
    for (int r = 0; r < n; r++) {
      errors[r] = difference(estimates[r], exact);
      for (int s = 0; s <= r; s++) {
        products[r][s] = dot(errors[r], errors[s]);
        products[s][r] = products[r][s];
      }
    }
    double squaredNorm = dot(exact, exact);
    squaredNorms += squaredNorm;
    for (int r = 0; r < n; r++) {
      squaredErrors += products[r][r] / n;
      double norms = Math.sqrt(squaredNorm * dot(estimates[r], estimates[r]));
      cosines += (norms > 0 ? dot(exact, estimates[r]) / norms : 0) / n;
    }
    minibatches++;
    if (bias.length == 0) {
      bias = new double[n];
    }
    biasOfAll += pairs(products, -1);
    for (int r = 0; r < n; r++) {
      bias[r] += pairs(products, r);
    }
  }

  /** Relative mean squared error. */
  double relativeMse() {
    return squaredErrors / squaredNorms;
  }

  /** Relative squared bias. */
  double biasSquared() {
    return biasOfAll / squaredNorms;
  }

  /** Standard error of {@link #biasSquared}; 0 with fewer than three repetitions. */
  double biasSquaredError() {
    int n = bias.length;
    if (n < 3) {
      return 0;
    }
    double mean = 0;
    for (double without : bias) {
      mean += without / n;
    }
    double sum = 0;
    for (double without : bias) {
      sum += (without - mean) * (without - mean);
    }
    return Math.sqrt(sum * (n - 1) / n) / squaredNorms;
  }

  /** Mean cosine. */
  double cosine() {
    return cosines / minibatches;
  }

  /** Mean of the products of different repetitions, one left out. */
  private static double pairs(double[][] products, int without) {
    int n = products.length;
    double sum = 0;
    int count = 0;
    for (int r = 0; r < n; r++) {
      for (int s = 0; s < n; s++) {
        if ((r != s || n == 1) && r != without && s != without) {
          sum += products[r][s];
          count++;
        }
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  private static double[] difference(double[] u, double[] v) {
    double[] difference = new double[u.length];
    for (int k = 0; k < u.length; k++) {
      difference[k] = u[k] - v[k];
    }
    return difference;
  }

  private static double dot(double[] u, double[] v) {
    double sum = 0;
    for (int k = 0; k < u.length; k++) {
      sum += u[k] * v[k];
    }
    return sum;
  }
}
