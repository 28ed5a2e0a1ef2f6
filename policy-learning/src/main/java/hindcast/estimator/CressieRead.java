package hindcast.estimator;

import hindcast.numeric.CoMoments;

/**
 * Empirical-likelihood estimate with the Cressie-Read divergence of power -2.
 *
 * <p>Reweights the events, as close to uniformly as possible, such that the total is 1 and the
 * weights average 1; mass that must lie outside the sample is given to an unseen event of weight
 * {@code wmax} (mean weight below 1) or {@code wmin} with the mean logged reward.
 *
 * <pre>
 * wf = wmax if sum w &lt; n else wmin
 * a = (wf + sum w) / (n + 1)     b = (wf^2 + sum w^2) / (n + 1)
 * B = (1 - a) / (a^2 - b)        C = (b - a) / (a^2 - b)
 * V = -(C sum wr + B sum w^2 r) / (n + 1) + missing mean(r)
 * missing = max(0, 1 + (C sum w + B sum w^2) / (n + 1))
 * </pre>
 *
 * <p>With {@code wmax} infinite and mean weight below 1 the limit {@code V = mean(wr) + (1 - mean
 * w) mean(r)}. Not available when {@code a^2 = b}. No standard error.
 *
 * <p>Karampatziakis, Langford, Mineiro, Empirical Likelihood for Contextual Bandits, NeurIPS 2020.
 */
public final class CressieRead extends WeightMomentsEstimator {
  private final double smallest;
  private final double largest;

  CressieRead(EstimatorSpec spec, WeightMoments weights) {
    super(spec, weights);
    smallest = spec.parameter("wmin");
    largest = spec.parameter("wmax");
    if (!(smallest < largest)) {
      throw new IllegalArgumentException(
          "weight range must have wmin < wmax: [" + smallest + ", " + largest + "]");
    }
  }

  @Override
  PointEstimate estimate(WeightMoments weights) {
    long n = weights.n();
    double meanReward = weights.sumReward() / n;
    CoMoments m = weights.moments();
    if (largest == Double.POSITIVE_INFINITY && m.meanX() < 1) {
      return PointEstimate.of(n, m.meanY() + (1 - m.meanX()) * meanReward);
    }
    return PointEstimate.of(n, partialValue(m) + missingMass(m) * meanReward);
  }

  /** The part of the value that the seen events carry. */
  double partialValue(CoMoments m) {
    double[] bc = multipliers(m);
    return -(bc[1] * m.sumY() + bc[0] * m.sumXY()) / (m.n() + 1.0);
  }

  /** The mass outside the sample, at least 0. */
  double missingMass(CoMoments m) {
    double[] bc = multipliers(m);
    return Math.max(0, 1 + (bc[1] * m.sumX() + bc[0] * m.sumXX()) / (m.n() + 1.0));
  }

  private double[] multipliers(CoMoments m) {
    double wf = m.meanX() < 1 ? largest : smallest;
    double a = (wf + m.sumX()) / (m.n() + 1.0);
    double b = (wf * wf + m.sumXX()) / (m.n() + 1.0);
    double d = a * a - b;
    return new double[] {(1 - a) / d, (b - a) / d};
  }
}
