package hindcast.estimator;

/**
 * IPS with floored propensities: {@code y = pi r / max(p, floor)}. Name: {@code CIPS_FLOOR}.
 *
 * <p>Under-estimates because rewards are not negative. The clipping of the PWLL and FOPO papers. A
 * floor of 0 is IPS.
 */
public final class FlooredIps extends MeanEstimator {
  private final double floor;

  FlooredIps(EstimatorSpec spec) {
    super(spec);
    floor = spec.parameter("floor");
  }

  @Override
  public double term(ScoredFeedback f) {
    return f.targetProbability() * f.reward() / Math.max(f.propensity(), floor);
  }
}
