package hindcast.alert;

import java.util.Locale;

/**
 * Every alert: what it means, how sure it is, and what to do. Each has a section in {@code
 * docs/runbook.md}. Names are part of the product: never renamed, only added to.
 */
public enum AlertKind {
  /** The deployed policy is worse than the champion. */
  VALUE_BELOW_CHAMPION(
      "the deployed policy earns less than the policy before it would on the same traffic, by more"
          + " than the tolerated drop",
      "a false alarm has probability alpha over all time, if propensities are right",
      "look at the segments, items and hours that contribute most; roll back unless they explain"
          + " the drop"),
  /** The deployed policy earns less than its gate promised. */
  VALUE_BELOW_PROMISE(
      "the deployed policy earns less than the value it was promoted for, by more than the"
          + " tolerated drop",
      "a false alarm has probability alpha over all time, if the promised value was right and the"
          + " world has not changed",
      "see whether the champion would have lost as much: if it would, the world changed, else roll"
          + " back"),
  /** The deployed policy became worse at some time. */
  SUDDEN_DROP(
      "the reward of the deployed policy fell suddenly, below the champion's or the promised value",
      "false alarms come once in the configured number of events on average at most",
      "look for what was changed at the time the evidence begins: a release, a feed, a catalogue"),
  /** The deployed policy is worse in some segments. */
  SLICE_BELOW_CHAMPION(
      "in this segment the deployed policy earns less than the policy before it would",
      "of the segments named at any time the expected share of false ones is at most the false"
          + " discovery rate",
      "compare the items shown in the segment before and after the promotion"),
  /** A watched policy line is worse than the logging policy. */
  VALUE_BELOW_LOGGING(
      "the value of a watched policy is below the logging policy's by more than the tolerated drop",
      "a false alarm has probability alpha over all time for each watched policy, if propensities"
          + " are right",
      "do not promote it; look at its estimates by segment"),
  /** A critical finding of the audit stands. */
  DATA_FINDING(
      "the log contradicts itself: estimates, tests and gates that rest on it are unreliable",
      "false alarms of tested findings have probability audit.alpha over all time",
      "follow the section of the finding first: alerts about values count for little while it"
          + " stands"),
  /** A line stopped learning. */
  STALE_CHECKPOINT(
      "a learned policy has published no new version for longer than configured, while events keep"
          + " coming",
      "certain: it counts event time",
      "look at the job's LEARNING metrics, at dead letters, and whether feedback still has rewards"),
  /** Rewards stopped coming. */
  STALLED_REWARDS(
      "the share of impressions with a reward fell below a quarter of what it was",
      "false alarms come once in the configured number of events on average at most",
      "look at the producer of [rewards] and at rejected rewards; values of this time are too small"
          + " until it is mended");

  private final String meaning;
  private final String certainty;
  private final String action;

  AlertKind(String meaning, String certainty, String action) {
    this.meaning = meaning;
    this.certainty = certainty;
    this.action = action;
  }

  /** One clause for a person. */
  public String meaning() {
    return meaning;
  }

  /** How sure it is. */
  public String certainty() {
    return certainty;
  }

  /** What to do. */
  public String action() {
    return action;
  }

  /** Its section in the runbook. */
  public String runbook() {
    return "docs/runbook.md#" + name().toLowerCase(Locale.ROOT);
  }
}
