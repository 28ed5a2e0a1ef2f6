package hindcast.estimator;

/**
 * IPS with the largest propensity of the interval: {@code y = e^(-gamma U) w r}. Name: {@code
 * UIPS_P}.
 *
 * <p>Uncertain events count less, whatever their weight; under-estimates.
 *
 * <p>Baseline of the UIPS paper.
 */
public final class UipsPessimistic extends MeanEstimator {
  private final double gamma;

  UipsPessimistic(EstimatorSpec spec) {
    super(spec);
    gamma = spec.parameter("gamma");
  }

  @Override
  public double term(ScoredFeedback f) {
    return Math.exp(-gamma * f.uncertainty()) * f.weight() * f.reward();
  }
}
