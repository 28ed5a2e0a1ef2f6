package hindcast.estimator;

/**
 * IPS with an adversarial logging policy: {@code y = pi r / p_u}. Name: {@code IPS_UN}.
 *
 * <p>The adversary picks the logging policy within a factor {@code e^alpha} of the stated one, per
 * action and summing to 1, such that the value is least: {@code p_u = min(e^alpha p, 1 - e^-alpha
 * (1 - p))}. alpha = 0 is IPS. The shape of the set is our reading of the paper.
 *
 * <p>Xu et al., Towards Robust Off-Policy Learning for Runtime Uncertainty, AAAI 2022.
 */
public final class UncertainIps extends MeanEstimator {
  private final double factor;
  private final double inverse;

  UncertainIps(EstimatorSpec spec) {
    super(spec);
    factor = Math.exp(spec.parameter("alpha"));
    inverse = Math.exp(-spec.parameter("alpha"));
  }

  @Override
  public double term(ScoredFeedback f) {
    double p = f.propensity();
    return f.targetProbability() * f.reward() / Math.min(factor * p, 1 - inverse * (1 - p));
  }

  /** The largest propensity of the set: worst for rewards of at least 0. */
  static double largest(double p, double alpha) {
    return Math.min(Math.exp(alpha) * p, 1 - Math.exp(-alpha) * (1 - p));
  }

  /** The smallest propensity of the set: worst for negative rewards. */
  static double smallest(double p, double alpha) {
    return Math.max(Math.exp(-alpha) * p, 1 - Math.exp(alpha) * (1 - p));
  }
}
