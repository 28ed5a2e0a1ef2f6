package hindcast.connectors.logs;

import hindcast.avro.Reward;
import hindcast.feedback.Rejection;
import hindcast.feedback.RewardRange;

/**
 * A field that holds a reward of its line's impression: id and kind are its name, its time the
 * impression's if it has none of its own. An absent value is no reward, and a 0 is none unless
 * zeros are wanted.
 *
 * @param name of the reward
 * @param slot of the field
 * @param range the mapping's; null for none
 * @param time null for the impression's
 * @param zeros whether a 0 is a reward
 */
record MappedReward(String name, int slot, RewardRange range, MappedTime time, boolean zeros) {

  /** The reward of a line, or null for none. */
  Reward of(FieldValues line, String impressionId, long impressionMicros, RewardRange allowed)
      throws LineRejectedException {
    if (line.text(slot) == null) {
      return null;
    }
    double value = checked(line.name(slot), line.number(slot), range, allowed);
    if (value == 0 && !zeros) {
      return null;
    }
    long micros = time == null ? impressionMicros : time.micros(line, impressionMicros);
    return new Reward(impressionId, name, micros, value, name);
  }

  /**
   * The value, if it is in both ranges.
   *
   * @param mapped null for none
   */
  static double checked(String field, double value, RewardRange mapped, RewardRange allowed)
      throws LineRejectedException {
    boolean inMapping = mapped == null || mapped.contains(value);
    if (inMapping && allowed.contains(value)) {
      return value;
    }
    RewardRange range = inMapping ? allowed : mapped;
    throw new LineRejectedException(
        Rejection.INVALID_REWARD,
        field
            + " must be in ["
            + range.min()
            + ", "
            + range.max()
            + "]: "
            + value
            + (inMapping
                ? "; set reward.min and reward.max to the range of the product"
                : "; the mapping says so"));
  }
}
