package hindcast.estimator;

/**
 * SNIPS with capped weights: {@code sum min(w, cap) r / sum min(w, cap)}. Name: {@code SNIPS_CAP}.
 *
 * <p>An infinite cap is SNIPS.
 *
 * <p>Gilotte, Calauzenes, Nedelec, Abraham, Dolle, Offline A/B Testing for Recommender Systems,
 * WSDM 2018 (there: normalised capped importance sampling).
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
