package hindcast.simulation;

/** What a simulated message is, and what FEEDBACK makes of it. */
public enum TrafficKind {
  /** First record of a valid impression: one outcome. */
  IMPRESSION(Stream.IMPRESSIONS, false),
  /** The same impression once more: a duplicate. */
  IMPRESSION_COPY(Stream.IMPRESSIONS, false),
  /** First record of a reward inside the window of its impression: joined. */
  REWARD(Stream.REWARDS, false),
  /** The same reward once more: a duplicate. */
  REWARD_COPY(Stream.REWARDS, false),
  /** A reward at or after the end of its impression's window: refused. */
  REWARD_AFTER_WINDOW(Stream.REWARDS, false),
  /** Random bytes among the impressions: refused. */
  GARBAGE_IMPRESSION(Stream.IMPRESSIONS, true),
  /** An impression with propensity 0, −0.2, 1.7 or NaN: refused. */
  INVALID_PROPENSITY(Stream.IMPRESSIONS, true),
  /** An impression with NaN among its features: refused. */
  INVALID_CONTEXT(Stream.IMPRESSIONS, true),
  /** Random bytes among the rewards: refused. */
  GARBAGE_REWARD(Stream.REWARDS, true),
  /** A reward of NaN, without an impression: refused. */
  INVALID_REWARD(Stream.REWARDS, true),
  /** A valid reward of an impression that never was: refused once its window could have closed. */
  ORPHAN_REWARD(Stream.REWARDS, true);

  /** Where a message travels. */
  public enum Stream {
    /** What was shown. */
    IMPRESSIONS,
    /** What came of it. */
    REWARDS
  }

  private final Stream stream;
  private final boolean broken;

  TrafficKind(Stream stream, boolean broken) {
    this.stream = stream;
    this.broken = broken;
  }

  /** Where messages of this kind travel. */
  public Stream stream() {
    return stream;
  }

  /** Whether the message is refused for what it is, whatever else arrives. */
  public boolean isBroken() {
    return broken;
  }
}
