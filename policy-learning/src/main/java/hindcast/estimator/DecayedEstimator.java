package hindcast.estimator;

import hindcast.numeric.CompensatedSum;
import hindcast.numeric.ForwardDecay;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Decayed form of an estimator: a moving average of the value with half-life H.
 *
 * <p>With {@code d_i = 2^(-(T - t_i) / H)} every mean- or ratio-type estimate is {@code V = sum d y
 * / sum d x}, x = 1 for means and x the event weight for ratios:
 *
 * <pre>
 * Var = (sum d^2 y^2 - 2 V sum d^2 x y + V^2 sum d^2 x^2) / (sum d x)^2
 * effective n = (sum d x)^2 / sum d^2 x^2
 * </pre>
 *
 * <p>State: five sums and a reference time, moved lazily ({@link ForwardDecay}); late events are
 * small weights; mergeable. Confidence sequences are not valid for a moving average. Not for
 * estimators that are neither means nor ratios: IPS_CV, CRESSIE_READ, SNDR, MINVAR_DR, DICE_S.
 */
public final class DecayedEstimator {
  private final ValueEstimator terms;
  private final ForwardDecay decay;
  private final CompensatedSum x = new CompensatedSum();
  private final CompensatedSum y = new CompensatedSum();
  private final CompensatedSum xx = new CompensatedSum();
  private final CompensatedSum xy = new CompensatedSum();
  private final CompensatedSum yy = new CompensatedSum();
  private long n;

  /**
   * @param spec a mean- or ratio-type estimator
   * @param halfLifeMicros H, a whole number of microseconds, or infinity for none
   */
  public DecayedEstimator(EstimatorSpec spec, double halfLifeMicros) {
    terms = spec.create();
    if (!isRatio(terms)) {
      throw new IllegalArgumentException(
          spec + " has no decayed form; use a mean or a ratio such as IPS, DR or SNIPS");
    }
    decay = new ForwardDecay(halfLifeMicros);
  }

  private static boolean isRatio(ValueEstimator terms) {
    return terms instanceof MeanEstimator
        || terms instanceof WeightedMeanEstimator
        || terms instanceof Ips
        || terms instanceof Snips;
  }

  /** Adds one event at a time. */
  public void add(ScoredFeedback f, long timeMicros) {
    if (!terms.accepts(f)) {
      throw new IllegalArgumentException(terms.spec() + " needs " + terms.spec().method().fields());
    }
    double numerator;
    double denominator;
    if (terms instanceof MeanEstimator mean) {
      numerator = mean.term(f);
      denominator = 1;
    } else if (terms instanceof WeightedMeanEstimator ratio) {
      numerator = ratio.weightedTerm(f);
      denominator = ratio.eventWeight(f);
    } else {
      numerator = f.weight() * f.reward();
      denominator = terms instanceof Snips ? f.weight() : 1;
    }
    int shift = decay.advance(timeMicros);
    if (shift > 0) {
      scale(Math.scalb(1.0, -shift));
    }
    double d = decay.weight(timeMicros);
    n++;
    x.add(d * denominator);
    y.add(d * numerator);
    xx.add(d * d * denominator * denominator);
    xy.add(d * d * denominator * numerator);
    yy.add(d * d * numerator * numerator);
  }

  /** Adds all events of the other instance. */
  public void merge(DecayedEstimator other) {
    if (!terms.spec().equals(other.terms.spec())) {
      throw new IllegalArgumentException(
          "estimators must be equal to merge: " + terms.spec() + " and " + other.terms.spec());
    }
    ForwardDecay.Factors factors = decay.merge(other.decay);
    scale(factors.mine());
    n += other.n;
    double f = factors.theirs();
    x.add(other.x.value() * f);
    y.add(other.y.value() * f);
    xx.add(other.xx.value() * f * f);
    xy.add(other.xy.value() * f * f);
    yy.add(other.yy.value() * f * f);
  }

  /** The estimate; the same at every query time until the next event. */
  public PointEstimate estimate() {
    double sum = x.value();
    if (sum == 0) {
      return PointEstimate.none(n);
    }
    double v = y.value() / sum;
    double residuals = yy.value() - 2 * v * xy.value() + v * v * xx.value();
    return n == 1 ? PointEstimate.of(n, v) : PointEstimate.of(n, v, residuals / (sum * sum));
  }

  /** {@code (sum d x)^2 / sum d^2 x^2}; 0 when there is none. */
  public double effectiveSampleSize() {
    double squares = xx.value();
    return squares == 0 ? 0 : x.value() * x.value() / squares;
  }

  /** The sums as of a time: {@code d x, d y, d^2 x^2, d^2 x y, d^2 y^2}. */
  public double[] sums(long queryMicros) {
    double f = decay.factor(queryMicros);
    return new double[] {
      x.value() * f, y.value() * f, xx.value() * f * f, xy.value() * f * f, yy.value() * f * f
    };
  }

  private void scale(double factor) {
    x.scale(factor);
    y.scale(factor);
    xx.scale(factor * factor);
    xy.scale(factor * factor);
    yy.scale(factor * factor);
  }

  /** Writes the complete state; settings are not part of it. */
  public void write(DataOutput out) throws IOException {
    decay.write(out);
    out.writeLong(n);
    for (CompensatedSum sum : new CompensatedSum[] {x, y, xx, xy, yy}) {
      sum.write(out);
    }
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    decay.read(in);
    n = in.readLong();
    for (CompensatedSum sum : new CompensatedSum[] {x, y, xx, xy, yy}) {
      sum.read(in);
    }
  }
}
