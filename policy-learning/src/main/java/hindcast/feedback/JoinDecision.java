package hindcast.feedback;

import java.util.List;

/**
 * What one call of {@link ImpressionJoin} decided.
 *
 * <p>Adding up decisions gives both ledgers:
 *
 * <pre>
 * impressions in = outcomes + DUPLICATE + REJECTED + held
 *     held changes by +1 for a HELD impression, by -1 for an outcome or one not activated;
 *     an outcome is one emitted activated, or one that a correction activates
 * rewards in     = JOINED + DUPLICATE + REJECTED + held + CORRECTION
 *     held changes by +1 for a HELD reward, by -1 for each released one
 * </pre>
 *
 * @param fate what became of the record that arrived; null when only time passed, unless that
 *     decided a held impression is {@link Fate#REJECTED}
 * @param rejection why it was refused; null unless {@code fate} is {@link Fate#REJECTED}
 * @param released rewards that had been held and whose fate is now decided, in arrival order
 * @param outcome the outcome to emit; null when no window closed
 * @param correction the correction to emit; null unless {@code fate} is {@link Fate#CORRECTION}
 */
public record JoinDecision(
    Fate fate,
    Rejection rejection,
    List<ReleasedReward> released,
    Outcome outcome,
    Correction correction) {

  /** The fate of one record: each record ends in exactly one. */
  public enum Fate {
    /** A reward that counts for its impression. */
    JOINED,
    /** A copy of a record that came before; it changes nothing. */
    DUPLICATE,
    /**
     * A reward that came after the outcome and corrects it, or an activation that came after it.
     */
    CORRECTION,
    /**
     * Refused, with a reason. Where only time passed: an impression that was held is refused, since
     * nothing activated it.
     */
    REJECTED,
    /**
     * An impression that waits for its window or its activation, or a reward that waits for its
     * impression or that impression's activation.
     */
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
   * @param reward the formula of the distinct rewards in the window, in [0, 1]
   * @param rewardCount how many distinct rewards it has, activations not among them
   * @param activated whether it counts; otherwise it does from its first correction on, if there is
   *     one
   */
  public record Outcome(
      long impressionTimeMicros, double reward, int rewardCount, boolean activated) {}

  /**
   * A later view of an outcome that was emitted.
   *
   * @param impressionTimeMicros event time of the impression
   * @param revision 1, 2, ... for each reward that came after the outcome
   * @param reward its reward from now on, in [0, 1]
   * @param previousReward its reward before; null where it did not count before
   * @param rewardCount how many distinct rewards it has from now on
   */
  public record Correction(
      long impressionTimeMicros,
      int revision,
      double reward,
      Double previousReward,
      int rewardCount) {

    /** Whether this is what makes the impression count. */
    public boolean activates() {
      return previousReward == null;
    }
  }

  static final JoinDecision NOTHING = new JoinDecision(null, null, List.of(), null, null);

  public JoinDecision {
    released = List.copyOf(released);
  }

  static JoinDecision of(Fate fate) {
    return new JoinDecision(fate, null, List.of(), null, null);
  }

  static JoinDecision reject(Rejection rejection, List<ReleasedReward> released) {
    return new JoinDecision(Fate.REJECTED, rejection, released, null, null);
  }

  static JoinDecision correct(Correction correction, List<ReleasedReward> released) {
    return new JoinDecision(Fate.CORRECTION, null, released, null, correction);
  }

  static JoinDecision join(List<ReleasedReward> released) {
    return new JoinDecision(Fate.JOINED, null, released, null, null);
  }

  static JoinDecision release(List<ReleasedReward> released) {
    return new JoinDecision(null, null, released, null, null);
  }

  static JoinDecision close(Outcome outcome) {
    return new JoinDecision(null, null, List.of(), outcome, null);
  }
}
