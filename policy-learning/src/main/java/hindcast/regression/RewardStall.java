package hindcast.regression;

import hindcast.interval.ChangeMixture;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Notices that rewards have stopped coming: that the share of impressions with a joined reward has
 * fallen below a quarter of what it was.
 *
 * <p>The share p0 is that of the first {@code baseline} impressions, prolonged until 20 of them
 * have a reward. From then on a {@link ChangeMixture} watches {@code X = 1 - joined} against {@code
 * m0 = 1 - p0 / 4}; false alarms come once in {@code every} impressions on average at most. With no
 * reward at all the alarm takes about {@code 4 (ln every + 2) / p0} impressions. It rests when
 * rewards come again.
 *
 * <p>Order matters and states do not merge.
 */
public final class RewardStall {
  private static final long REWARDED = 20;
  private static final double FALLEN_TO = 0.25;

  private final long baseline;
  private final double alpha;
  private long n;
  private long joined;
  private double share;
  private ChangeMixture change;

  /**
   * Nothing seen.
   *
   * @param baseline impressions the usual share is measured on, at least 1
   * @param every mean number of impressions between false alarms, above 1
   */
  public RewardStall(long baseline, double every) {
    if (baseline < 1) {
      throw new IllegalArgumentException("baseline must be at least 1: " + baseline);
    }
    if (!(every > 1 && every < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("impressions between alarms must be above 1: " + every);
    }
    this.baseline = baseline;
    alpha = 1 / every;
  }

  /** Adds one impression, with or without a joined reward; returns whether rewards are stalled. */
  public boolean add(boolean isJoined) {
    n++;
    if (change == null) {
      joined += isJoined ? 1 : 0;
      if (n >= baseline && joined >= REWARDED) {
        watch((double) joined / n);
      }
      return false;
    }
    return change.add(isJoined ? 0 : 1);
  }

  private void watch(double usual) {
    share = usual;
    change = new ChangeMixture(1 - FALLEN_TO * usual, alpha);
  }

  /** Whether rewards are stalled. */
  public boolean stalled() {
    return change != null && change.alarmed();
  }

  /** The usual share of impressions with a reward; 0 while it is being measured. */
  public double usualShare() {
    return share;
  }

  /** Impressions since the evidence at hand began. */
  public long since() {
    return change == null ? 0 : change.n() - change.beganAt() + 1;
  }

  /** Natural logarithm of the evidence. */
  public double logEvidence() {
    return change == null ? 0 : change.logM();
  }

  /** What the evidence must reach. */
  public double threshold() {
    return -Math.log(alpha);
  }

  /** Impressions so far. */
  public long n() {
    return n;
  }

  /** Writes the complete state; the settings are not part of it. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeLong(joined);
    out.writeDouble(share);
    if (change != null) {
      change.write(out);
    }
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    joined = in.readLong();
    share = in.readDouble();
    change = null;
    if (share > 0) {
      watch(share);
      change.read(in);
    }
  }
}
