package hindcast.regression;

import hindcast.interval.BettingTest;
import hindcast.interval.WeightedReward;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Finds out, at any time and with a bounded chance of a false alarm, that a policy is worse than
 * the logging policy by more than a tolerated drop.
 *
 * <p>Tests {@code H0: Delta = V(pi) - V(pi0) >= -drop} on
 *
 * <pre>
 * X = (1 + (w - 1)(1 - r)) / 2,     E[X] = (1 - Delta) / 2,     m0 = (1 + drop) / 2
 * </pre>
 *
 * with a {@link BettingTest}. X is at least 0 and needs no bound on the weight; the pairing with
 * the logging policy on the same events removes the common noise. Over all time the probability of
 * a false alarm is at most alpha, if the propensities are right: a failing weight check makes the
 * alert unreliable.
 *
 * <p>Values are in [0, 1]; a drop in the user's unit is divided by the width of the reward range.
 * Events must come in order; states do not merge.
 */
public final class RegressionDetector {
  private final double toleratedDrop;
  private final double alpha;
  private final BettingTest test;

  /**
   * @param toleratedDrop drop of the value that is accepted, in [0, 1)
   * @param alpha probability of a false alarm over all time, in (0, 1)
   */
  public RegressionDetector(double toleratedDrop, double alpha) {
    if (!(toleratedDrop >= 0 && toleratedDrop < 1)) {
      throw new IllegalArgumentException("tolerated drop must be in [0, 1): " + toleratedDrop);
    }
    this.toleratedDrop = toleratedDrop;
    this.alpha = alpha;
    this.test = new BettingTest((1 + toleratedDrop) / 2, alpha);
  }

  /** X of one event: weight w of at least 0 and reward r in [0, 1]. */
  public static double observation(double weight, double reward) {
    return (1 + (weight - 1) * (1 - reward)) / 2;
  }

  /**
   * Adds one event.
   *
   * @return whether this event raised the alarm
   */
  public boolean add(double weight, double reward) {
    WeightedReward.check(weight, reward);
    return test.add(observation(weight, reward));
  }

  /** Events so far. */
  public long n() {
    return test.n();
  }

  /** Natural logarithm of the e-value. */
  public double logEvidence() {
    return test.logE();
  }

  /** What the evidence must reach: {@code ln(1 / alpha)}. */
  public double threshold() {
    return test.threshold();
  }

  /** Whether the alarm was ever raised. */
  public boolean alarmed() {
    return test.rejected();
  }

  /** The event, counted from 1, that raised the alarm; 0 when none did. */
  public long alarmedAt() {
    return test.rejectedAt();
  }

  /** The tolerated drop, in [0, 1). */
  public double toleratedDrop() {
    return toleratedDrop;
  }

  /** The probability of a false alarm. */
  public double alpha() {
    return alpha;
  }

  /** Writes the complete state; the settings are not part of it. */
  public void write(DataOutput out) throws IOException {
    test.write(out);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    test.read(in);
  }
}
