package hindcast.estimator;

import hindcast.propensity.UipsWeight;

/**
 * Doubly robust with uncertainty-aware weights: {@code y = qpi + phi* w (r - q)}, phi* of {@link
 * UipsWeight}. Name: {@code UIPS_DR}.
 *
 * <p>UIPS paper, Eq. 12.
 */
public final class UipsDr extends MeanEstimator {
  private final UipsWeight weight;

  UipsDr(EstimatorSpec spec) {
    super(spec);
    weight = Uips.weight(spec);
  }

  @Override
  public double term(ScoredFeedback f) {
    double w = weight.weight(f.weight(), f.uncertainty());
    return f.modelValue() + w * (f.reward() - f.modelReward());
  }
}
