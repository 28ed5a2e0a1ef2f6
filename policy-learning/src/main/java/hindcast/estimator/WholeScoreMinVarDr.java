package hindcast.estimator;

/**
 * Doubly robust with variance-minimising weights on the whole score: {@code sum h (qpi + w (r - q))
 * / sum h}, {@code h = 1 / max(w, floor)}. Name: {@code MINVAR_DR_WHOLE}.
 *
 * <p>The form of Zhan et al.; {@code MINVAR_DR} leaves the model term unweighted.
 */
public final class WholeScoreMinVarDr extends WeightedMeanEstimator {
  private final double floor;

  WholeScoreMinVarDr(EstimatorSpec spec) {
    super(spec);
    floor = spec.parameter("floor");
  }

  @Override
  double eventWeight(ScoredFeedback f) {
    return 1 / Math.max(f.weight(), floor);
  }

  @Override
  double weightedTerm(ScoredFeedback f) {
    return eventWeight(f) * (f.modelValue() + f.weight() * (f.reward() - f.modelReward()));
  }
}
