package hindcast.audit;

/**
 * What became of all impressions and rewards so far: the two ledgers, as far as an audit needs
 * them. Counts that are not known are 0.
 *
 * @param impressions impressions that came in
 * @param outcomes outcomes that left
 * @param heldImpressions impressions whose window is open
 * @param otherImpressions duplicates and refused ones
 * @param joinedRewards rewards that count
 * @param lateRewards rewards after their window or after their outcome had left
 * @param orphanRewards rewards whose impression never came
 */
public record JoinCounts(
    long impressions,
    long outcomes,
    long heldImpressions,
    long otherImpressions,
    long joinedRewards,
    long lateRewards,
    long orphanRewards) {

  /** Nothing is known. */
  public static final JoinCounts UNKNOWN = new JoinCounts(0, 0, 0, 0, 0, 0, 0);

  public JoinCounts {
    long least =
        Math.min(
            Math.min(Math.min(impressions, outcomes), Math.min(heldImpressions, otherImpressions)),
            Math.min(joinedRewards, Math.min(lateRewards, orphanRewards)));
    if (least < 0) {
      throw new IllegalArgumentException("counts must be at least 0: " + least);
    }
  }

  /** Impressions of which nothing is known any more; 0 when impressions were not counted. */
  public long lostImpressions() {
    return Math.max(0, impressions - outcomes - heldImpressions - otherImpressions);
  }

  /** Rewards whose fate is decided. */
  public long decidedRewards() {
    return joinedRewards + lateRewards + orphanRewards;
  }
}
