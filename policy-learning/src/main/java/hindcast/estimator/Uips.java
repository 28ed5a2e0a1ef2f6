package hindcast.estimator;

import hindcast.propensity.UipsWeight;

/**
 * Uncertainty-aware inverse propensity scoring: {@code y = phi* w r}, phi* of {@link UipsWeight}.
 * Name: {@code UIPS}.
 *
 * <p>For estimated propensities with uncertainty U; at U = 0 it is shrinkage.
 *
 * <p>Zhang et al., Uncertainty-Aware Instance Reweighting for Off-Policy Learning, NeurIPS 2023.
 */
public final class Uips extends MeanEstimator {
  private final UipsWeight weight;

  Uips(EstimatorSpec spec) {
    super(spec);
    weight = weight(spec);
  }

  static UipsWeight weight(EstimatorSpec spec) {
    return new UipsWeight(
        spec.parameter("lambda"),
        spec.parameter("eta1"),
        spec.parameter("eta2"),
        spec.parameter("gamma"));
  }

  @Override
  public double term(ScoredFeedback f) {
    return weight.weight(f.weight(), f.uncertainty()) * f.reward();
  }
}
