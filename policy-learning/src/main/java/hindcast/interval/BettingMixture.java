package hindcast.interval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Sequential test of {@code H0: E[X] <= m0} for observations X of at least 0, valid at all times at
 * once, whose wealth is spread over six constant bets.
 *
 * <pre>
 * logE_k = sum_t ln(1 + lam_k (X_t - m0)),   E = sum_k p_k E_k,   rejected once ln E >= ln(1 / alpha)
 * lam_k  = 0.8 * 2.5^-k / m0,   p_k = 0.8^k / 3.69,   k = 0, ..., 5
 * </pre>
 *
 * <p>Each E_k cannot be expected to grow under H0, nor can their mean; so the probability of ever
 * rejecting a true H0 is at most alpha (Ville). Against the best bet of the grid it loses 1.3 (the
 * largest) to 2.4 (the smallest) of evidence at most, whatever the stream; {@link BettingTest},
 * which learns its bet, loses an amount that grows with the logarithm of time and is the slower one
 * for small differences.
 *
 * <p>A rejection is final. Order does not change the evidence, only the time of the rejection;
 * states do not merge.
 *
 * <p>Waudby-Smith, Ramdas, Estimating means of bounded random variables by betting, JRSS B 86
 * (2024), 1-27, section on mixtures ("hedging").
 */
public final class BettingMixture {
  private final BetGrid grid;
  private final double threshold;
  private final double[] logE = new double[BetGrid.SIZE];
  private long n;
  private long rejectedAt;

  /**
   * A test without observations.
   *
   * @param m0 largest mean under the hypothesis, above 0
   * @param alpha probability of a false rejection over all time, in (0, 1)
   */
  public BettingMixture(double m0, double alpha) {
    grid = new BetGrid(m0);
    threshold = BettingTest.threshold(alpha);
  }

  /**
   * Adds one observation.
   *
   * @return whether this observation made the test reject
   */
  public boolean add(double x) {
    PlugInSequence.checkObservation(x);
    n++;
    for (int k = 0; k < BetGrid.SIZE; k++) {
      logE[k] += grid.gain(k, x);
    }
    if (rejectedAt == 0 && BetGrid.max(logE) >= threshold && logE() >= threshold) {
      rejectedAt = n;
      return true;
    }
    return false;
  }

  /** Natural logarithm of the wealth now; 0 without observations. */
  public double logE() {
    return BetGrid.logMean(logE);
  }

  /** {@code ln(1 / alpha)}. */
  public double threshold() {
    return threshold;
  }

  /** Observations so far. */
  public long n() {
    return n;
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
    out.writeLong(n);
    out.writeLong(rejectedAt);
    BetGrid.write(logE, out);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    rejectedAt = in.readLong();
    BetGrid.read(logE, in);
  }
}
