package hindcast.estimator;

/**
 * Logarithmic smoothing that is linear in the policy: {@code y = pi log(1 + lambda r / p) /
 * lambda}. Name: {@code LS_LIN}.
 *
 * <p>Below LS for every event, above IX with {@code gamma = lambda / 2}.
 *
 * <p>Sakhi, Aouali, Alquier, Chopin, NeurIPS 2024.
 */
public final class LinearLogarithmicSmoothing extends MeanEstimator {
  private final double lambda;

  LinearLogarithmicSmoothing(EstimatorSpec spec) {
    super(spec);
    lambda = spec.parameter("lambda");
  }

  @Override
  public double term(ScoredFeedback f) {
    return f.targetProbability() * Math.log1p(lambda * f.reward() / f.propensity()) / lambda;
  }
}
