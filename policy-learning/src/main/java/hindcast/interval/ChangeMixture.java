package hindcast.interval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * e-CUSUM with constant bets: finds the moment at which the mean of a stream rises above m0, again
 * and again.
 *
 * <pre>
 * logM_k = max(logM_k, 0) + ln(1 + lam_k (X_t - m0)),   alarm once ln(sum_k p_k M_k) >= ln(1 / alpha)
 * </pre>
 *
 * <p>with the bets and shares of {@link BettingMixture}. The alarm rests once no evidence is left
 * (every {@code logM_k <= 0}) and may then be raised again. While nothing changes the mean number
 * of observations until an alarm is at least {@code 1 / alpha}. Bets that are learned, as in {@link
 * ChangeDetector}, go to 0 in a long quiet past and find the change late; constant ones do not.
 *
 * <p>{@link #beganAt} is the observation at which the leading bet last held no evidence: the
 * customary estimate of the time of the change.
 *
 * <p>Order matters and states do not merge. Shin, Ramdas, Rinaldo, E-detectors, New England Journal
 * of Statistics in Data Science 2 (2024).
 */
public final class ChangeMixture {
  private final BetGrid grid;
  private final double threshold;
  private final double[] logM = new double[BetGrid.SIZE];
  private final long[] since = new long[BetGrid.SIZE];
  private long n;
  private boolean alarmed;

  /**
   * A detector without observations.
   *
   * @param m0 largest mean before the change, above 0
   * @param alpha inverse of the mean time between false alarms, in (0, 1)
   */
  public ChangeMixture(double m0, double alpha) {
    grid = new BetGrid(m0);
    threshold = BettingTest.threshold(alpha);
  }

  /** Adds one observation; returns whether an alarm stands now. */
  public boolean add(double x) {
    PlugInSequence.checkObservation(x);
    n++;
    for (int k = 0; k < BetGrid.SIZE; k++) {
      if (logM[k] <= 0) {
        logM[k] = 0;
        since[k] = n;
      }
      logM[k] += grid.gain(k, x);
    }
    double max = BetGrid.max(logM);
    if (alarmed) {
      alarmed = max > 0;
    } else {
      alarmed = max >= threshold && logM() >= threshold;
    }
    return alarmed;
  }

  /** Natural logarithm of the statistic now; 0 without observations. */
  public double logM() {
    return BetGrid.logMean(logM);
  }

  /** {@code ln(1 / alpha)}. */
  public double threshold() {
    return threshold;
  }

  /** Observations so far. */
  public long n() {
    return n;
  }

  /** Whether an alarm stands. */
  public boolean alarmed() {
    return alarmed;
  }

  /** The observation, counted from 1, at which the evidence at hand began; 0 before the first. */
  public long beganAt() {
    int leader = 0;
    for (int k = 1; k < BetGrid.SIZE; k++) {
      if (logM[k] > logM[leader]) {
        leader = k;
      }
    }
    return since[leader];
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeBoolean(alarmed);
    BetGrid.write(logM, out);
    for (long began : since) {
      out.writeLong(began);
    }
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    alarmed = in.readBoolean();
    BetGrid.read(logM, in);
    for (int k = 0; k < BetGrid.SIZE; k++) {
      since[k] = in.readLong();
    }
  }
}
