package hindcast.interval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * e-CUSUM with constant bets: finds the moment at which the mean of a stream rises above m0, again
 * and again.
 *
 * <pre>
 * logM_k = max(logM_k, 0) + ln(1 + lam_k (X_t - m0)),   alarm once ln mean(M_k) >= ln(1 / alpha)
 * </pre>
 *
 * <p>with the bets of {@link BettingMixture}. The alarm rests once no evidence is left (every
 * {@code logM_k <= 0}) and may then be raised again. While nothing changes the mean number of
 * observations until an alarm is at least {@code 1 / alpha}. Bets that are learned, as in {@link
 * ChangeDetector}, go to 0 in a long quiet past and find the change late; constant ones do not.
 *
 * <p>{@link #beganAt} is the observation at which the leading bet last held no evidence: the
 * customary estimate of the time of the change.
 *
 * <p>Order matters and states do not merge. Shin, Ramdas, Rinaldo, E-detectors, New England Journal
 * of Statistics in Data Science 2 (2024).
 */
public final class ChangeMixture {
  private final MixedWealth wealth;
  private final long[] since = new long[MixedWealth.BETS];
  private boolean alarmed;

  /**
   * A detector without observations.
   *
   * @param m0 largest mean before the change, above 0
   * @param alpha inverse of the mean time between false alarms, in (0, 1)
   */
  public ChangeMixture(double m0, double alpha) {
    wealth = new MixedWealth(m0, alpha);
  }

  /** Adds one observation; returns whether an alarm stands now. */
  public boolean add(double x) {
    for (int k = 0; k < MixedWealth.BETS; k++) {
      if (wealth.log(k) <= 0) {
        wealth.restart(k);
        since[k] = wealth.n() + 1;
      }
    }
    wealth.settle(x);
    alarmed = alarmed ? wealth.log(wealth.leader()) > 0 : wealth.speaksAgainst();
    return alarmed;
  }

  /** Natural logarithm of the statistic now; 0 without observations. */
  public double logM() {
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

  /** Whether an alarm stands. */
  public boolean alarmed() {
    return alarmed;
  }

  /** The observation, counted from 1, at which the evidence at hand began; 0 before the first. */
  public long beganAt() {
    return since[wealth.leader()];
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    wealth.write(out);
    out.writeBoolean(alarmed);
    for (long began : since) {
      out.writeLong(began);
    }
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    wealth.read(in);
    alarmed = in.readBoolean();
    for (int k = 0; k < since.length; k++) {
      since[k] = in.readLong();
    }
  }
}
