package hindcast.estimator;

/**
 * Logarithmic smoothing: {@code y = log(1 + lambda w r) / lambda}. Name: {@code LS}.
 *
 * <p>Pessimistic, with a tight concentration that needs no bound on the weights, see {@code
 * LogarithmicSmoothingBound}. lambda must be fixed before the events: 1 / sqrt(planned n). As
 * lambda goes to 0 it is IPS.
 *
 * <p>Sakhi, Aouali, Alquier, Chopin, Logarithmic Smoothing for Pessimistic Off-Policy Evaluation,
 * Selection and Learning, NeurIPS 2024.
 */
public final class LogarithmicSmoothing extends MeanEstimator {
  private final double lambda;

  LogarithmicSmoothing(EstimatorSpec spec) {
    super(spec);
    lambda = spec.parameter("lambda");
  }

  @Override
  public double term(ScoredFeedback f) {
    return Math.log1p(lambda * f.weight() * f.reward()) / lambda;
  }
}
