package hindcast.interval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Sequential test of {@code H0: E[X] <= m0} for observations X of at least 0, valid at all times at
 * once, whose wealth is spread over seven constant bets.
 *
 * <pre>
 * logE_k = sum_t ln(1 + lam_k (X_t - m0)),     E = mean(E_k),     rejected once ln E >= ln(1 / alpha)
 * lam_k  = 0.99 * 2^-k / m0,   k = 0, ..., 6
 * </pre>
 *
 * <p>Each E_k cannot be expected to grow under H0, nor can their mean; so the probability of ever
 * rejecting a true H0 is at most alpha (Ville). Against the best of its bets it loses at most ln 7
 * = 1.95 of evidence, whatever the stream; {@link BettingTest}, which learns its bet, loses an
 * amount that grows with the logarithm of time and is the slower one for small differences.
 *
 * <p>A rejection is final. Order does not change the evidence, only the time of the rejection;
 * states do not merge.
 *
 * <p>Waudby-Smith, Ramdas, Estimating means of bounded random variables by betting, JRSS B 86
 * (2024), 1-27, section on mixtures ("hedging").
 */
public final class BettingMixture {
  private final MixedWealth wealth;
  private long rejectedAt;

  /**
   * A test without observations.
   *
   * @param m0 largest mean under the hypothesis, above 0
   * @param alpha probability of a false rejection over all time, in (0, 1)
   */
  public BettingMixture(double m0, double alpha) {
    wealth = new MixedWealth(m0, alpha);
  }

  /**
   * Adds one observation.
   *
   * @return whether this observation made the test reject
   */
  public boolean add(double x) {
    wealth.settle(x);
    if (rejectedAt == 0 && wealth.speaksAgainst()) {
      rejectedAt = wealth.n();
      return true;
    }
    return false;
  }

  /** Natural logarithm of the wealth now; 0 without observations. */
  public double logE() {
    return wealth.logMean();
  }

  /** {@code ln(1 / alpha)}. */
  public double threshold() {
    return wealth.threshold();
  }

  /** Observations so far. */
  public long n() {
    return wealth.n();
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
    wealth.write(out);
    out.writeLong(rejectedAt);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    wealth.read(in);
    rejectedAt = in.readLong();
  }
}
