package hindcast.estimator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Decayed form of an estimator: a moving average of the value with half-life H, in which an event
 * at time t weighs {@code d = 2^(-(T - t) / H)}.
 *
 * <table>
 * <caption>What decays</caption>
 * <tr><td>means, ratios</td><td>{@code sum d y / sum d x} ({@code DecayedRatio})</td></tr>
 * <tr><td>{@code IPS_CV}</td><td>the regression, by weights d ({@code DecayedControlVariate})</td></tr>
 * <tr><td>{@code SNDR, MINVAR_DR}</td><td>mean and ratio ({@code DecayedNormalizedDr})</td></tr>
 * <tr><td>{@code CRESSIE_READ}</td><td>every sum, n too ({@code DecayedCressieRead})</td></tr>
 * <tr><td>{@code DICE_S}</td><td>counts and rewards ({@code DecayedStationaryRatio})</td></tr>
 * </table>
 *
 * <p>Variances come from sums with {@code d^2}. State is kept at a reference time that moves lazily
 * ({@code ForwardDecay}); late events are small weights; mergeable. Without a half-life the value
 * is that of the plain estimator, the standard error of means and {@code IPS_CV} smaller by {@code
 * sqrt((n - 1) / n)}. Confidence sequences are not valid for a moving average.
 */
public final class DecayedEstimator {
  private final ValueEstimator terms;
  private final DecayedForm form;
  private long n;

  /**
   * @param spec any estimator
   * @param halfLifeMicros H, a whole number of microseconds, or infinity for none
   */
  public DecayedEstimator(EstimatorSpec spec, double halfLifeMicros) {
    terms = spec.create();
    form = terms.decayed(halfLifeMicros);
  }

  /** Whether the event has every field the estimator needs. */
  public boolean accepts(ScoredFeedback f) {
    return terms.accepts(f);
  }

  /** Adds one event at a time. */
  public void add(ScoredFeedback f, long timeMicros) {
    terms.requireFields(f);
    form.add(f, timeMicros);
    n++;
  }

  /** Adds all events of the other instance. */
  public void merge(DecayedEstimator other) {
    if (!terms.spec().equals(other.terms.spec())) {
      throw new IllegalArgumentException(
          "estimators must be equal to merge: " + terms.spec() + " and " + other.terms.spec());
    }
    form.merge(other.form);
    n += other.n;
  }

  /** The estimate; the same at every query time until the next event. */
  public PointEstimate estimate() {
    return n == 0 ? PointEstimate.none(0) : form.estimate(n);
  }

  /**
   * {@code (sum d x)^2 / sum d^2 x^2}, x = 1 or the weight that the estimator divides by; 0 when
   * there is none.
   */
  public double effectiveSampleSize() {
    return form.effectiveSampleSize();
  }

  /**
   * The sums as of a time; of means and ratios {@code d x, d y, d^2 x^2, d^2 x y, d^2 y^2}, of the
   * others those that their form names.
   */
  public double[] sums(long queryMicros) {
    return form.sums(queryMicros);
  }

  /** Writes the complete state; settings are not part of it. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    form.write(out);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    form.read(in);
  }
}
