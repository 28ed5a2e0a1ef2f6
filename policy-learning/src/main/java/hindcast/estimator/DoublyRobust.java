package hindcast.estimator;

/**
 * Doubly robust: {@code y = qpi + w (r - q)}. Name: {@code DR}.
 *
 * <p>Unbiased when either the propensities or the reward model are right; a good model removes
 * variance. The model's version must be fixed before the event.
 *
 * <p>Dudik, Langford, Li, Doubly Robust Policy Evaluation and Learning, ICML 2011.
 */
public final class DoublyRobust extends MeanEstimator {
  DoublyRobust(EstimatorSpec spec) {
    super(spec);
  }

  @Override
  public double term(ScoredFeedback f) {
    return f.modelValue() + f.weight() * (f.reward() - f.modelReward());
  }
}
