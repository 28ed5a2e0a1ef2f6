package hindcast.feedback;

/**
 * Why a record was refused: the {@code reason} of a dead letter.
 *
 * <p>Each refused record carries exactly one reason, and reasons are counted, so the names are part
 * of the product: they are never renamed, only added to.
 */
public enum Rejection {
  /** The bytes could not be decoded. */
  MALFORMED("the record could not be decoded"),
  /** The schema that wrote the record is not known. */
  UNKNOWN_SCHEMA("the schema that wrote the record is not known"),
  /** A required field is absent. */
  MISSING_FIELD("a required field is absent"),
  /** An id is empty, too long, or holds control characters. */
  INVALID_ID("an id is empty, too long or holds control characters"),
  /** The event time is outside the years 1970 to 9999. */
  INVALID_TIME("the event time is outside the years 1970 to 9999"),
  /** The event time lies after the time at which the broker stored the record. */
  FUTURE_TIME("the event time lies too far after the time the broker stored the record"),
  /** The context features are not finite, not sorted, or of the wrong dimension. */
  INVALID_CONTEXT("the context features are not usable"),
  /** The item id is not usable. */
  INVALID_ITEM("the item id is not usable"),
  /** The shown item is not among the eligible items. */
  ITEM_NOT_ELIGIBLE("the shown item is not among the eligible items"),
  /** The position is negative. */
  INVALID_POSITION("the position is negative"),
  /** The propensity is not in (0, 1], or below the configured floor. */
  INVALID_PROPENSITY("the propensity is not a usable probability"),
  /** The reward is not finite or outside the configured range. */
  INVALID_REWARD("the reward is not a number inside the configured range"),
  /** The reward happened before its impression. */
  BEFORE_IMPRESSION("the reward happened before its impression"),
  /** The reward happened when the reward window of its impression had ended. */
  AFTER_WINDOW("the reward happened at or after the end of the reward window"),
  /** No impression with this id arrived in time. */
  NO_IMPRESSION("no impression with this id arrived in time"),
  /** The record arrived when its outcome had been settled. */
  LATE("the record arrived after the reward window had been closed"),
  /** The kind of the reward has no place in the configured formula. */
  UNKNOWN_KIND("the kind of the reward is not among the configured ones"),
  /** No activation of the impression happened in its reward window: it was never really shown. */
  NOT_ACTIVATED(
      "the impression was not activated in its reward window, or that was known too late"),
  /** The command names no version that can be used, or asks for what cannot be done. */
  INVALID_COMMAND("the command about a policy version cannot be obeyed");

  private final String description;

  Rejection(String description) {
    this.description = description;
  }

  /** One clause for a person, without a full stop. */
  public String description() {
    return description;
  }
}
