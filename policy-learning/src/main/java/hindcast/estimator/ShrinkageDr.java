package hindcast.estimator;

/**
 * Doubly robust with shrunk weights: {@code y = qpi + lambda w / (w^2 + lambda) (r - q)}. Names:
 * {@code DROS}, {@code SHRINK_DR}.
 *
 * <p>lambda = 0 is the direct method, an infinite lambda is doubly robust.
 *
 * <p>Su, Dimakopoulou, Krishnamurthy, Dudik, Doubly Robust Off-Policy Evaluation with Shrinkage,
 * ICML 2020.
 */
public final class ShrinkageDr extends MeanEstimator {
  private final double lambda;

  ShrinkageDr(EstimatorSpec spec) {
    super(spec);
    lambda = spec.parameter("lambda");
  }

  @Override
  public double term(ScoredFeedback f) {
    double w = ShrinkageIps.shrunk(f.weight(), lambda);
    return f.modelValue() + w * (f.reward() - f.modelReward());
  }
}
