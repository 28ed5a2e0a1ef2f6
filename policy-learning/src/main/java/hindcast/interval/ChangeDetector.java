package hindcast.interval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * e-CUSUM: finds the moment at which the mean of a stream rises above m0.
 *
 * <pre>
 * logM = max(logM, 0) + ln(1 + lam_t (X_t - m0)),     alarm when logM >= ln(1 / alpha)
 * </pre>
 *
 * <p>with the bets of {@link BettingTest}. Evidence from before the change is forgotten, so a long
 * quiet past does not delay the alarm. The price: false alarms are certain in the long run, on
 * average at most one in {@code 1 / alpha} observations. Choose alpha like 1e-6.
 *
 * <p>Order matters and states do not merge.
 *
 * <p>Shin, Ramdas, Rinaldo, E-detectors, New England Journal of Statistics in Data Science 2
 * (2024).
 */
public final class ChangeDetector {
  private final PredictableBet bet;
  private final double threshold;
  private double logM;
  private long alarmAt;

  /**
   * @param m0 largest mean before the change, above 0
   * @param alpha inverse of the mean time between false alarms, in (0, 1)
   */
  public ChangeDetector(double m0, double alpha) {
    bet = new PredictableBet(m0);
    threshold = BettingTest.threshold(alpha);
  }

  /**
   * Adds one observation.
   *
   * @return whether this observation raised the first alarm
   */
  public boolean add(double x) {
    logM = Math.max(logM, 0) + bet.settle(x);
    if (alarmAt == 0 && logM >= threshold) {
      alarmAt = bet.n();
      return true;
    }
    return false;
  }

  /** Natural logarithm of the statistic now. */
  public double logM() {
    return logM;
  }

  /** {@code ln(1 / alpha)}. */
  public double threshold() {
    return threshold;
  }

  /** Observations so far. */
  public long n() {
    return bet.n();
  }

  /** The observation, counted from 1, of the first alarm; 0 when there was none. */
  public long alarmAt() {
    return alarmAt;
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    bet.write(out);
    out.writeDouble(logM);
    out.writeLong(alarmAt);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    bet.read(in);
    logM = in.readDouble();
    alarmAt = in.readLong();
  }
}
