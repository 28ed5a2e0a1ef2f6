package hindcast.estimator;

import hindcast.numeric.CoMoments;

/**
 * Inverse propensity scoring: {@code V = mean(w r)}, {@code se = sqrt(var(w r) / n)}.
 *
 * <p>Unbiased when the propensities are those of the logging policy and it shows every item the
 * policy can show. The variance grows with the largest weights.
 *
 * <p>Horvitz, Thompson, JASA 47 (1952), 663-685.
 */
public final class Ips extends WeightMomentsEstimator {
  Ips(EstimatorSpec spec, WeightMoments weights) {
    super(spec, weights);
  }

  @Override
  PointEstimate estimate(WeightMoments weights) {
    CoMoments m = weights.moments();
    long n = m.n();
    return n == 1
        ? PointEstimate.of(n, m.meanY())
        : PointEstimate.of(n, m.meanY(), m.myy() / (n - 1) / n);
  }

  @Override
  DecayedForm decayed(double halfLifeMicros) {
    return DecayedRatio.mean(halfLifeMicros, f -> f.weight() * f.reward());
  }
}
