package hindcast.estimator;

/**
 * Conjunct effect model: {@code y = qpi + w_c (r - q)}, w_c the weight of the logged action's
 * cluster. Name: {@code OFFCEM}.
 *
 * <p>Unbiased if {@code r - q} does not depend on the action within a cluster. Singleton clusters:
 * doubly robust; one cluster: the direct method plus the mean residual.
 *
 * <p>Saito, Ren, Joachims, Off-Policy Evaluation for Large Action Spaces via Conjunct Effect
 * Modeling, ICML 2023.
 */
public final class OffCem extends MarginalizedEstimator {
  OffCem(EstimatorSpec spec) {
    super(spec);
  }

  @Override
  public double term(ScoredFeedback f) {
    return f.modelValue() + f.clusterWeight() * (f.reward() - f.modelReward());
  }

  @Override
  double marginalWeight(ScoredFeedback f) {
    return f.clusterWeight();
  }
}
