package hindcast.feedback;

import java.util.List;

/**
 * What one call of {@link ImpressionJoin} decided.
 *
 * <p>Adding up decisions gives both ledgers:
 *
 * <pre>
 * impressions in = outcomes + DUPLICATE + REJECTED + held
 *     held changes by +1 for a HELD impression, by -1 for an outcome
 * rewards in     = JOINED + DUPLICATE + REJECTED + held
 *     held changes by +1 for a HELD reward, by -1 for each released one
 * </pre>
 *
 * @param fate what became of the record that arrived; null when only time passed
 * @param rejection why it was refused; null unless {@code fate} is {@link Fate#REJECTED}
 * @param released rewards that had been held and whose fate is now decided, in arrival order
 * @param outcome the outcome to emit; null when no window closed
 */
public record JoinDecision(
    Fate fate, Rejection rejection, List<ReleasedReward> released, Outcome outcome) {

  /** The fate of one record: each record ends in exactly one. */
  public enum Fate {
    /** A reward that counts for its impression. */
    JOINED,
    /** A copy of a record that came before; it changes nothing. */
    DUPLICATE,
    /** Refused, with a reason. */
    REJECTED,
    /** An impression that waits for its window, or a reward that waits for its impression. */
    HELD
  }

  /**
   * A reward that is no longer held.
   *
   * @param rewardId its id
   * @param rejection why it was refused; null when it joined
   */
  public record ReleasedReward(String rewardId, Rejection rejection) {
    /** Whether it counts for its impression. */
    public boolean joined() {
      return rejection == null;
    }
  }

  /**
   * The outcome of one impression, emitted exactly once.
   *
   * @param impressionTimeMicros event time of the impression
   * @param reward sum of the distinct rewards in the window, in [0, 1]: clipped to the range
   * @param rewardCount how many distinct rewards the sum has
   */
  public record Outcome(long impressionTimeMicros, double reward, int rewardCount) {}

  static final JoinDecision NOTHING = new JoinDecision(null, null, List.of(), null);

  public JoinDecision {
    released = List.copyOf(released);
  }

  static JoinDecision of(Fate fate) {
    return new JoinDecision(fate, null, List.of(), null);
  }

  static JoinDecision reject(Rejection rejection, List<ReleasedReward> released) {
    return new JoinDecision(Fate.REJECTED, rejection, released, null);
  }
}
