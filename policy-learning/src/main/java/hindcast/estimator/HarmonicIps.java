package hindcast.estimator;

/**
 * Harmonic correction: {@code y = w r / (1 - lambda + lambda w)}, lambda in [0, 1]. Name: {@code
 * HARMONIC}.
 *
 * <p>Bounded by {@code r / lambda}; lambda = 0 is IPS, lambda = 1 the mean reward where the policy
 * has mass.
 *
 * <p>Metelli, Russo, Restelli, Subgaussian and Differentiable Importance Sampling, NeurIPS 2021.
 */
public final class HarmonicIps extends MeanEstimator {
  private final double lambda;

  HarmonicIps(EstimatorSpec spec) {
    super(spec);
    lambda = spec.parameter("lambda");
  }

  @Override
  public double term(ScoredFeedback f) {
    double w = f.weight();
    return w == 0 ? 0 : w * f.reward() / (1 - lambda + lambda * w);
  }
}
