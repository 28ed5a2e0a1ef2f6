package hindcast.estimator;

import hindcast.numeric.CoMoments;

/**
 * IPS with the weight as control variate (regression estimator).
 *
 * <pre>
 * b = Cov(wr, w) / Var(w)
 * V = mean(wr) - b (mean(w) - 1)         Var = (var(wr) - Cov^2 / var(w)) / n
 * </pre>
 *
 * <p>Uses that the weights must average 1; equals the intercept of the regression of {@code wr} on
 * {@code w - 1}. SNIPS is {@code b = v} to first order. With equal weights b is 0 and the estimate
 * is IPS.
 *
 * <p>Owen, Monte Carlo Theory, Methods and Examples, 2013, section 8.9.
 */
public final class ControlVariateIps extends WeightMomentsEstimator {
  ControlVariateIps(EstimatorSpec spec, WeightMoments weights) {
    super(spec, weights);
  }

  @Override
  PointEstimate estimate(WeightMoments weights) {
    CoMoments m = weights.moments();
    long n = m.n();
    double b = coefficient(m);
    double v = m.meanY() - b * (m.meanX() - 1);
    return n == 1
        ? PointEstimate.of(n, v)
        : PointEstimate.of(n, v, (m.myy() - b * m.mxy()) / (n - 1) / n);
  }

  /** b; 0 where the weights do not vary. */
  static double coefficient(CoMoments m) {
    return m.mxx() == 0 ? 0 : m.mxy() / m.mxx();
  }

  @Override
  DecayedForm decayed(double halfLifeMicros) {
    return new DecayedControlVariate(halfLifeMicros);
  }
}
