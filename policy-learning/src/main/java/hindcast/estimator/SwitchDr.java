package hindcast.estimator;

/**
 * Doubly robust where weights are small, the direct method elsewhere: {@code y = qpi + 1[w <=
 * threshold] w (r - q)}. Name: {@code SWITCH_DR}.
 *
 * <p>Wang, Agarwal, Dudik, Optimal and Adaptive Off-Policy Evaluation in Contextual Bandits, ICML
 * 2017.
 */
public final class SwitchDr extends MeanEstimator {
  private final double threshold;

  SwitchDr(EstimatorSpec spec) {
    super(spec);
    threshold = spec.parameter("threshold");
  }

  @Override
  public double term(ScoredFeedback f) {
    double w = f.weight();
    return w <= threshold ? f.modelValue() + w * (f.reward() - f.modelReward()) : f.modelValue();
  }
}
