package hindcast.gradient;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * When a watched gradient is audited, as a function of what it has done and of nothing else.
 *
 * <ul>
 *   <li>Due: on the first minibatch; whenever the perplexity has halved since the audit before; and
 *       by number of groups of 32 events, {@value #FIRST} after each change of the estimator, twice
 *       as many after each clean audit, up to the interval.
 *   <li>Affordable: an audit sums all P items for one group, an estimate of a group sums the items
 *       it enumerates and draws. Audits are paid from a fund that begins with {@value #ADVANCE}
 *       audits, enough for every halving from a million items down to one, and gets a quarter of
 *       the items that estimates sum. An audit that is due waits until the fund holds it.
 * </ul>
 *
 * <p>So audits cost at most {@value #ADVANCE} sums over the catalogue and a quarter of the
 * estimates' work. An exact sum takes less than half of an estimate's time for an item: about a
 * tenth of the time. Where sums are exact anyway an audit costs nothing.
 */
final class AuditSchedule {
  static final int FIRST = 64;
  private static final int ADVANCE = 20;
  private static final double SHARE = .25;

  private final long interval;
  private final double cost;
  private double fund;
  private long groups;
  private long lastAudit;
  private long wait;
  private double entropyAtAudit;

  /**
   * A schedule at its start.
   *
   * @param interval groups between two audits at most, at least 1
   * @param items P
   */
  AuditSchedule(long interval, int items) {
    if (interval < 1) {
      throw new IllegalArgumentException("auditEvery must be at least 1: " + interval);
    }
    this.interval = interval;
    this.cost = items;
    startAnew();
  }

  /** Another catalogue: as if nothing had been seen. */
  void startAnew() {
    fund = ADVANCE * cost;
    lastAudit = groups;
    wait = Math.min(FIRST, interval);
    entropyAtAudit = Double.POSITIVE_INFINITY;
  }

  /** Counts groups that were estimated from so many items each. */
  void estimated(int count, double itemsOfEach) {
    groups += count;
    fund += SHARE * count * itemsOfEach;
  }

  /** Counts groups that were summed exactly. */
  void summedExactly(int count) {
    groups += count;
  }

  /** Whether an audit is due at this entropy, in nats. */
  boolean isDue(double entropy) {
    return groups - lastAudit >= wait || entropy < entropyAtAudit - Math.log(2);
  }

  /** Whether the fund holds an audit. */
  boolean isAffordable() {
    return fund >= cost;
  }

  /** An audit was paid for and made at this entropy; the next may be twice as far. */
  void audited(double entropy) {
    fund -= cost;
    compared(entropy);
    wait = Math.min(2 * wait, interval);
  }

  /** An audit cost nothing; the next comes as soon. */
  void compared(double entropy) {
    lastAudit = groups;
    entropyAtAudit = entropy;
  }

  /** The estimator changed. */
  void changed() {
    wait = Math.min(FIRST, interval);
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(fund);
    out.writeLong(groups);
    out.writeLong(lastAudit);
    out.writeLong(wait);
    out.writeDouble(entropyAtAudit);
  }

  void read(DataInput in) throws IOException {
    fund = in.readDouble();
    groups = in.readLong();
    lastAudit = in.readLong();
    wait = in.readLong();
    entropyAtAudit = in.readDouble();
  }
}
