package hindcast.estimator;

/**
 * IPS over the actions the logging policy takes often: {@code y = 1[a in Phi] w (r - lambda)}.
 * Name: {@code POXM_PRUNE}.
 *
 * <p>Phi(x) holds the top actions of the logging policy, or those above a propensity. At lambda = 0
 * it is unbiased if the reward is 0 outside Phi, else too low; lambda translates the reward as in
 * BanditNet.
 *
 * <p>Lopez, Dhillon, Jordan, Learning from eXtreme Bandit Feedback, AAAI 2021.
 */
public final class PrunedIps extends MeanEstimator {
  private final double lambda;

  PrunedIps(EstimatorSpec spec) {
    super(spec);
    lambda = spec.parameter("lambda");
  }

  @Override
  public double term(ScoredFeedback f) {
    return f.selected() ? f.weight() * (f.reward() - lambda) : 0;
  }
}
