package hindcast.estimator;

/**
 * IPS with capped weights: {@code y = min(w, cap) r}. Name: {@code CIPS_CAP}.
 *
 * <p>Bounded by the cap; under-estimates because rewards are not negative. An infinite cap is IPS.
 * As a learning objective this value with a frozen weight is called BIPS-Cap.
 *
 * <p>Ionides, Truncated Importance Sampling, JCGS 17 (2008), 295-311.
 */
public final class CappedIps extends MeanEstimator {
  private final double cap;

  CappedIps(EstimatorSpec spec) {
    super(spec);
    cap = spec.parameter("cap");
  }

  @Override
  public double term(ScoredFeedback f) {
    return Math.min(f.weight(), cap) * f.reward();
  }
}
