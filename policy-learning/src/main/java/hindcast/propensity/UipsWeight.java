package hindcast.propensity;

/**
 * The factor phi* by which uncertainty-aware inverse propensity scoring multiplies an importance
 * weight {@code w = pi / p} whose propensity p is only an estimate with uncertainty U.
 *
 * <p>The true propensity lies in {@code [B-, B+] = p e^(-+gamma U) / eta1}; phi* minimises the
 * worst case over it of squared bias times lambda plus variance:
 *
 * <pre>
 * phi* = min{ lambda eta1 e / (lambda e^2 + eta1^2 w^2),  2 eta2 / (e^(gamma U) + e^(-gamma U)) }
 *        e = e^(-gamma U)
 * </pre>
 *
 * <p>At U = 0 and eta1 = 1 with a large eta2 this is shrinkage, {@code lambda / (lambda + w^2)}.
 * Safe events ({@code w e^(gamma U) < sqrt(lambda) / eta1}) are boosted by uncertainty, unsafe ones
 * suppressed; phi* is at most eta2. With U the sd of log p, gamma is a z-value: 1 to 2.
 *
 * <p>Zhang et al., Uncertainty-Aware Instance Reweighting for Off-Policy Learning (UIPS), NeurIPS
 * 2023, Theorem 3.2.
 *
 * @param lambda weight of the squared bias, above 0
 * @param eta1 normalisation of the interval, above 0
 * @param eta2 scale of the second bound, above 0; large (100) lets safe events pass uncapped
 * @param gamma width of the interval in units of U, at least 0
 */
public record UipsWeight(double lambda, double eta1, double eta2, double gamma) {
  private static final double LARGEST = 1e50;

  public UipsWeight {
    if (!positive(lambda) || !positive(eta1) || !positive(eta2)) {
      throw new IllegalArgumentException(
          "lambda, eta1 and eta2 must be in (0, 1e50]: " + lambda + ", " + eta1 + ", " + eta2);
    }
    if (!(gamma >= 0 && gamma <= LARGEST)) {
      throw new IllegalArgumentException("gamma must be in [0, 1e50]: " + gamma);
    }
  }

  private static boolean positive(double x) {
    return x > 0 && x <= LARGEST;
  }

  /**
   * phi* of an event; 0 when the weight is 0.
   *
   * @param w importance weight with the estimated propensity, at least 0
   * @param uncertainty U, at least 0
   */
  public double phi(double w, double uncertainty) {
    if (w == 0) {
      return 0;
    }
    double e = Math.exp(-gamma * uncertainty);
    double numerator = lambda * eta1 * e;
    if (numerator == 0) {
      return 0;
    }
    double robust = numerator / (lambda * e * e + eta1 * eta1 * w * w);
    return Math.min(robust, 2 * eta2 * e / (1 + e * e));
  }

  /** The weight that multiplies the reward: {@code phi* w}. */
  public double weight(double w, double uncertainty) {
    return phi(w, uncertainty) * w;
  }

  /** B-: lower end of the interval for the true propensity. */
  public double lower(double propensity, double uncertainty) {
    return propensity * Math.exp(-gamma * uncertainty) / eta1;
  }

  /** B+: upper end of the interval for the true propensity. */
  public double upper(double propensity, double uncertainty) {
    return propensity * Math.exp(gamma * uncertainty) / eta1;
  }

  /** Whether the first bound of phi* grows with U at this event. */
  public boolean boosts(double w, double uncertainty) {
    return w * Math.exp(gamma * uncertainty) < Math.sqrt(lambda) / eta1;
  }

  /**
   * phi* for any interval [lo, hi] of {@code rho = true propensity / p}: {@code min(lambda lo /
   * (lambda lo^2 + w^2), 2 / (lo + hi))}.
   *
   * @param lo above 0
   * @param hi at least {@code lo}
   */
  public static double phiForInterval(double w, double lo, double hi, double lambda) {
    if (!(lo > 0 && lo <= hi && hi < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "ratio interval must have 0 < lo <= hi: [" + lo + ", " + hi + "]");
    }
    return w == 0 ? 0 : Math.min(lambda * lo / (lambda * lo * lo + w * w), 2 / (lo + hi));
  }

  /** The worst case over [lo, hi] of {@code lambda (rho phi - 1)^2 + w^2 phi^2}. */
  public static double worstCase(double phi, double w, double lo, double hi, double lambda) {
    return Math.max(risk(phi, w, lo, lambda), risk(phi, w, hi, lambda));
  }

  private static double risk(double phi, double w, double rho, double lambda) {
    double bias = rho * phi - 1;
    return lambda * bias * bias + w * w * phi * phi;
  }
}
