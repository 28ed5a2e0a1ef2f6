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
    return PointEstimate.of(weights.n(), value(Sums.of(weights.moments(), weights.sumReward())));
  }

  /** The estimate from sums; not a number where it is undefined. */
  double value(Sums s) {
    double meanReward = s.r / s.n;
    return largest == Double.POSITIVE_INFINITY && s.w < s.n
        ? s.wr / s.n + (1 - s.w / s.n) * meanReward
        : partialValue(s) + missingMass(s) * meanReward;
  }

  /** The part of the value that the seen events carry. */
  double partialValue(CoMoments m) {
    return partialValue(Sums.of(m, 0));
  }

  private double partialValue(Sums s) {
    double[] bc = multipliers(s);
    return -(bc[1] * s.wr + bc[0] * s.wwr) / (s.n + 1);
  }

  /** The mass outside the sample; below 0 it counts as 0. */
  double missingMass(CoMoments m) {
    return missingMass(Sums.of(m, 0));
  }

  private double missingMass(Sums s) {
    double[] bc = multipliers(s);
    return Math.max(0, 1 + (bc[1] * s.w + bc[0] * s.ww) / (s.n + 1));
  }

  private double[] multipliers(Sums s) {
    double wf = s.w < s.n ? largest : smallest;
    double a = (wf + s.w) / (s.n + 1);
    double b = (wf * wf + s.ww) / (s.n + 1);
    double d = a * a - b;
    return new double[] {(1 - a) / d, (b - a) / d};
  }

  /** {@code n, sum w, sum w^2, sum w r, sum w^2 r, sum r}, each event weighted by its decay. */
  record Sums(double n, double w, double ww, double wr, double wwr, double r) {
    static Sums of(CoMoments m, double r) {
      return new Sums(m.n(), m.sumX(), m.sumXX(), m.sumY(), m.sumXY(), r);
    }
  }

  @Override
  DecayedForm decayed(double halfLifeMicros) {
    return new DecayedCressieRead(this, halfLifeMicros);
  }
}
