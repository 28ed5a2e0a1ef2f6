package hindcast.interval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Sequential test of {@code H0: E[X] <= m0} for observations X of at least 0, valid at all times at
 * once.
 *
 * <p>A gambler who bets {@code lam_t} on each X multiplies her wealth by {@code 1 + lam_t (X_t -
 * m0)}; if H0 holds she cannot expect to gain, and the probability that her wealth E ever reaches
 * {@code 1 / alpha} is at most alpha (Ville). So looking after every event costs nothing.
 *
 * <pre>
 * logE = sum ln(1 + lam_t (X_t - m0)),     rejected once logE >= ln(1 / alpha)
 * </pre>
 *
 * <p>The bet uses earlier observations only. X needs no upper bound. A rejection is final. Order
 * matters and states do not merge: one instance in one place for each stream.
 *
 * <p>Waudby-Smith, Ramdas, Estimating means of bounded random variables by betting, JRSS B 86
 * (2024), 1-27.
 */
public final class BettingTest {
  private final PredictableBet bet;
  private final double threshold;
  private double logE;
  private long rejectedAt;

  /**
   * @param m0 largest mean under the hypothesis, above 0
   * @param alpha probability of a false rejection over all time, in (0, 1)
   */
  public BettingTest(double m0, double alpha) {
    bet = new PredictableBet(m0);
    threshold = threshold(alpha);
  }

  static double threshold(double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must be in (0, 1): " + alpha);
    }
    return -Math.log(alpha);
  }

  /**
   * Adds one observation.
   *
   * @return whether this observation made the test reject
   */
  public boolean add(double x) {
    logE += bet.settle(x);
    if (rejectedAt == 0 && logE >= threshold) {
      rejectedAt = bet.n();
      return true;
    }
    return false;
  }

  /** The bet lam on the next observation. */
  public double nextBet() {
    return bet.next();
  }

  /** Natural logarithm of the wealth now. */
  public double logE() {
    return logE;
  }

  /** {@code ln(1 / alpha)}. */
  public double threshold() {
    return threshold;
  }

  /** Observations so far. */
  public long n() {
    return bet.n();
  }

  /** Whether the test ever rejected. */
  public boolean rejected() {
    return rejectedAt > 0;
  }

  /** The observation, counted from 1, at which it first rejected; 0 when it did not. */
  public long rejectedAt() {
    return rejectedAt;
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    bet.write(out);
    out.writeDouble(logE);
    out.writeLong(rejectedAt);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    bet.read(in);
    logE = in.readDouble();
    rejectedAt = in.readLong();
  }
}
