package hindcast.estimator;

/**
 * SNIPS with capped weights: {@code sum min(w, cap) r / sum min(w, cap)}. Name: {@code SNIPS_CAP}.
 *
 * <p>An infinite cap is SNIPS.
 */
public final class CappedSnips extends WeightedMeanEstimator {
  private final double cap;

  CappedSnips(EstimatorSpec spec) {
    super(spec);
    cap = spec.parameter("cap");
  }

  @Override
  double eventWeight(ScoredFeedback f) {
    return Math.min(f.weight(), cap);
  }

  @Override
  double weightedTerm(ScoredFeedback f) {
    return Math.min(f.weight(), cap) * f.reward();
  }
}
