package hindcast.estimator;

/**
 * Two-stage policy over clusters: {@code y = w_c (r - f) + sum_c pi1(c|x) f2(x, c)}. Name: {@code
 * POTEC}.
 *
 * <p>pi1 is the first-stage policy over clusters, {@code w_c = pi1(c|x) / pi0(c|x)}, f the reward
 * model at the logged action and {@code f2(x, c)} at the item the second stage takes in cluster c.
 * The event's reward model fields hold f and the sum, its cluster fields pi1 and pi0.
 *
 * <p>Saito, Yao, Joachims, POTEC: Off-Policy Learning for Large Action Spaces via Two-Stage Policy
 * Decomposition, ICLR 2025.
 */
public final class Potec extends MarginalizedEstimator {
  Potec(EstimatorSpec spec) {
    super(spec);
  }

  @Override
  public double term(ScoredFeedback f) {
    return f.clusterWeight() * (f.reward() - f.modelReward()) + f.modelValue();
  }

  @Override
  double marginalWeight(ScoredFeedback f) {
    return f.clusterWeight();
  }
}
