package hindcast.estimator;

/**
 * Implicit exploration: {@code y = pi r / (p + gamma)}. Name: {@code IX}.
 *
 * <p>Pessimistic: every propensity is taken as larger than it is. gamma = 0 is IPS. A lower
 * confidence bound follows without any bound on the weights, see {@code ImplicitExplorationBound}.
 *
 * <p>Gabbianelli, Neu, Papini, Importance-Weighted Offline Learning Done Right, ALT 2024.
 */
public final class ImplicitExploration extends MeanEstimator {
  private final double gamma;

  ImplicitExploration(EstimatorSpec spec) {
    super(spec);
    gamma = spec.parameter("gamma");
  }

  @Override
  public double term(ScoredFeedback f) {
    return f.targetProbability() * f.reward() / (f.propensity() + gamma);
  }
}
