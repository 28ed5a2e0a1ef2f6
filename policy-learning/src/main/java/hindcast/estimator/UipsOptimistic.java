package hindcast.estimator;

/**
 * IPS with the smallest propensity of the interval: {@code y = min(e^(gamma U) w, cap) r}. Name:
 * {@code UIPS_O}.
 *
 * <p>Multiplies the most uncertain weights, so it is not a value estimate; a baseline that shows
 * what ignoring the danger does. Watch the largest weight.
 *
 * <p>Baseline of the UIPS paper; the cap is an addition.
 */
public final class UipsOptimistic extends MeanEstimator {
  private final double gamma;
  private final double cap;

  UipsOptimistic(EstimatorSpec spec) {
    super(spec);
    gamma = spec.parameter("gamma");
    cap = Math.min(spec.parameter("cap"), ScoredFeedback.LARGEST_WEIGHT);
  }

  @Override
  public double term(ScoredFeedback f) {
    double w = f.weight();
    return w == 0 ? 0 : Math.min(Math.exp(gamma * f.uncertainty()) * w, cap) * f.reward();
  }
}
