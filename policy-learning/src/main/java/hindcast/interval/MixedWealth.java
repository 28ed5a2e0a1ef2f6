package hindcast.interval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Wealth of a gambler who spreads it in equal parts over constant bets on observations X of at
 * least 0 whose mean is at most m0 by hypothesis: the frame of {@link BettingMixture} and {@link
 * ChangeMixture}.
 *
 * <pre>
 * lam_k = 0.99 * 2^-k / m0,  k = 0, ..., 6      ln W_k += ln(1 + lam_k (X - m0))      W = mean(W_k)
 * </pre>
 *
 * <p>Whatever the log-optimal bet between {@code 0.012 / m0} and {@code 1 / m0}, one of these is
 * within a factor of 1.5 of it and grows at 0.89 of its rate or faster where gains are small. W is
 * at least W_k / 7: against the best of its bets the mixture never loses more than ln 7 = 1.95 of
 * evidence.
 *
 * <p>X below m0 costs at most {@code ln 100}; so no wealth is ever 0.
 */
final class MixedWealth {
  static final int BETS = 7;
  private static final double LARGEST = 0.99;

  private final double m0;
  private final double threshold;
  private final double[] bets = new double[BETS];
  private final double[] logs = new double[BETS];
  private long n;

  /**
   * Wealth 1 in each bet.
   *
   * @param m0 largest mean under the hypothesis, above 0
   * @param alpha inverse of the wealth that speaks against it, in (0, 1)
   */
  MixedWealth(double m0, double alpha) {
    if (!(m0 > 0 && m0 < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("mean under the hypothesis must be above 0: " + m0);
    }
    this.m0 = m0;
    threshold = BettingTest.threshold(alpha);
    for (int k = 0; k < BETS; k++) {
      bets[k] = Math.scalb(LARGEST, -k) / m0;
    }
  }

  /** Settles all bets on one observation. */
  void settle(double x) {
    PlugInSequence.checkObservation(x);
    n++;
    for (int k = 0; k < BETS; k++) {
      logs[k] += Math.log1p(bets[k] * (x - m0));
    }
  }

  /** Gives a bet wealth 1 again. */
  void restart(int k) {
    logs[k] = 0;
  }

  /** ln W_k. */
  double log(int k) {
    return logs[k];
  }

  /** The bet of most wealth. */
  int leader() {
    int leader = 0;
    for (int k = 1; k < BETS; k++) {
      leader = logs[k] > logs[leader] ? k : leader;
    }
    return leader;
  }

  /** ln W; 0 without observations. */
  double logMean() {
    double max = logs[leader()];
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - max);
    }
    return max + Math.log(sum / BETS);
  }

  /** Whether {@code W >= 1 / alpha}. */
  boolean speaksAgainst() {
    return logs[leader()] >= threshold && logMean() >= threshold;
  }

  /** {@code ln(1 / alpha)}. */
  double threshold() {
    return threshold;
  }

  /** Observations so far. */
  long n() {
    return n;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(n);
    for (double log : logs) {
      out.writeDouble(log);
    }
  }

  void read(DataInput in) throws IOException {
    n = in.readLong();
    for (int k = 0; k < BETS; k++) {
      logs[k] = in.readDouble();
    }
  }
}
