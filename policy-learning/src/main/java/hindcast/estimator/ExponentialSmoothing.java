package hindcast.estimator;

/**
 * Exponential smoothing: {@code y = pi r / p^alpha}, alpha in [0, 1]. Name: {@code ES}.
 *
 * <p>alpha = 1 is IPS, alpha = 0 ignores the logging policy; between them variance is traded for a
 * downward bias.
 *
 * <p>Aouali, Brunel, Rohde, Korba, Exponential Smoothing for Off-Policy Learning, ICML 2023.
 */
public final class ExponentialSmoothing extends MeanEstimator {
  private final double alpha;

  ExponentialSmoothing(EstimatorSpec spec) {
    super(spec);
    alpha = spec.parameter("alpha");
  }

  @Override
  public double term(ScoredFeedback f) {
    return f.targetProbability() * f.reward() / Math.pow(f.propensity(), alpha);
  }
}
