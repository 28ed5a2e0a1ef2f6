package hindcast.audit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * What the join did: impressions without an outcome, rewards too late, rewards of nothing.
 *
 * <p>Impressions that vanish are told from the counts. Without them only a log in which nearly
 * everything ({@value #ALL_REWARDED}) is rewarded gives itself away.
 */
final class JoinCheck implements Check {
  private static final double ALL_REWARDED = 0.99;
  private static final long ENOUGH = 1000;

  private JoinCounts counts = JoinCounts.UNKNOWN;
  private long outcomes;
  private long rewarded;

  @Override
  public void add(AuditedFeedback event) {
    outcomes++;
    rewarded += event.feedback().reward() > 0 ? 1 : 0;
  }

  void counts(JoinCounts latest) {
    counts = latest;
  }

  @Override
  public void findings(List<Finding> into) {
    double lost = Shares.of(counts.lostImpressions(), counts.impressions());
    double rewardedShare = Shares.of(rewarded, outcomes);
    boolean allRewarded = outcomes >= ENOUGH && rewardedShare >= ALL_REWARDED;
    if (lost > 0 || allRewarded) {
      into.add(
          Finding.of(
              FindingKind.LOST_ZEROS,
              allRewarded ? Severity.CRITICAL : Shares.wrong(lost),
              Evidence.of("share", lost)
                  .and("records", counts.lostImpressions())
                  .and("rewardedShare", rewardedShare)
                  .numbers()));
    }
    rewards(into, FindingKind.LATE_REWARDS, counts.lateRewards());
    rewards(into, FindingKind.ORPHAN_REWARDS, counts.orphanRewards());
  }

  private void rewards(List<Finding> into, FindingKind kind, long part) {
    if (part > 0) {
      double share = Shares.of(part, counts.decidedRewards());
      into.add(
          Finding.of(
              kind,
              share >= Shares.CRITICAL / 2 ? Severity.WARNING : Severity.INFO,
              Evidence.of("share", share).and("records", part).numbers()));
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(outcomes);
    out.writeLong(rewarded);
    out.writeLong(counts.impressions());
    out.writeLong(counts.outcomes());
    out.writeLong(counts.heldImpressions());
    out.writeLong(counts.otherImpressions());
    out.writeLong(counts.joinedRewards());
    out.writeLong(counts.lateRewards());
    out.writeLong(counts.orphanRewards());
  }

  @Override
  public void read(DataInput in) throws IOException {
    outcomes = in.readLong();
    rewarded = in.readLong();
    counts =
        new JoinCounts(
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong());
  }
}
