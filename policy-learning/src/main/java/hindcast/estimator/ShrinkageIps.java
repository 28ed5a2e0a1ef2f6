package hindcast.estimator;

/**
 * Optimistic shrinkage of the weight: {@code y = lambda w / (w^2 + lambda) r}. Name: {@code
 * SHRINK}.
 *
 * <p>Weights much below sqrt(lambda) pass, much larger ones vanish. UIPS without uncertainty; an
 * infinite lambda is IPS.
 *
 * <p>Su, Dimakopoulou, Krishnamurthy, Dudik, Doubly Robust Off-Policy Evaluation with Shrinkage,
 * ICML 2020.
 */
public final class ShrinkageIps extends MeanEstimator {
  private final double lambda;

  ShrinkageIps(EstimatorSpec spec) {
    super(spec);
    lambda = spec.parameter("lambda");
  }

  @Override
  public double term(ScoredFeedback f) {
    return shrunk(f.weight(), lambda) * f.reward();
  }

  /** {@code lambda w / (w^2 + lambda)}; 0 at lambda = 0, w at infinity. */
  static double shrunk(double w, double lambda) {
    return w == 0 ? 0 : w / (1 + w * w / lambda);
  }
}
