package hindcast.estimator;

import hindcast.numeric.CoMoments;

/**
 * Self-normalised inverse propensity scoring: {@code v = sum w r / sum w}.
 *
 * <p>Delta-method variance {@code sum w^2 (r - v)^2 / (sum w)^2}, taken from centred co-moments.
 * Stays inside the range of the rewards, shifts with them, and cancels a common error of the
 * propensities; biased by O(1/n). Not available when all weights are 0.
 *
 * <p>Swaminathan, Joachims, The Self-Normalized Estimator for Counterfactual Learning, NIPS 2015.
 */
public final class Snips extends WeightMomentsEstimator {
  Snips(EstimatorSpec spec, WeightMoments weights) {
    super(spec, weights);
  }

  @Override
  PointEstimate estimate(WeightMoments weights) {
    return ratio(weights.moments());
  }

  /** The ratio mean y / mean x with its delta-method variance. */
  static PointEstimate ratio(CoMoments m) {
    long n = m.n();
    double sum = m.sumX();
    if (sum == 0) {
      return PointEstimate.none(n);
    }
    double v = m.meanY() / m.meanX();
    double residuals = m.myy() - 2 * v * m.mxy() + v * v * m.mxx();
    return n == 1 ? PointEstimate.of(n, v) : PointEstimate.of(n, v, residuals / (sum * sum));
  }

  @Override
  DecayedForm decayed(double halfLifeMicros) {
    return new DecayedRatio(halfLifeMicros, ScoredFeedback::weight, f -> f.weight() * f.reward());
  }
}
