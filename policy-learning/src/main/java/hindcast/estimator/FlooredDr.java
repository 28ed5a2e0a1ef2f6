package hindcast.estimator;

/**
 * Doubly robust with floored propensities: {@code y = qpi + pi / max(p, floor) (r - q)}. Name:
 * {@code DR_FLOOR}.
 */
public final class FlooredDr extends MeanEstimator {
  private final double floor;

  FlooredDr(EstimatorSpec spec) {
    super(spec);
    floor = spec.parameter("floor");
  }

  @Override
  public double term(ScoredFeedback f) {
    double w = f.targetProbability() / Math.max(f.propensity(), floor);
    return f.modelValue() + w * (f.reward() - f.modelReward());
  }
}
