package hindcast.jobs.config;

import hindcast.feedback.RewardFormula;
import hindcast.feedback.RewardFunction;
import hindcast.feedback.RewardRange;
import java.time.Duration;
import java.util.List;

/** Section {@code reward}: what an impression earned, and how long that is waited for. */
public record RewardConfig(
    @Key(value = "0", doc = "Least reward an impression can have, in the user's unit.") double min,
    @Key(value = "1", doc = "Largest reward an impression can have, in the user's unit.")
        double max,
    @Key(
            value = "10min",
            rule = Rule.POSITIVE,
            doc =
                "A reward counts if it happens less than this after its impression. Outcomes are"
                    + " known when the window has closed, so it is also the delay of learning.")
        Duration window,
    @Key(
            value = "0",
            rule = Rule.NOT_NEGATIVE,
            doc =
                "How long after its window has closed an outcome can be corrected by a reward, or"
                    + " come to count by an activation, that happened in time and arrived late."
                    + " Feedback is held that much longer; value estimates are revised, training is"
                    + " not. 0: such a reward is a dead letter (LATE).")
        Duration correctionHorizon,
    @Key(
            value = "sum",
            doc =
                "What several rewards of one impression amount to: sum, first, last (by event"
                    + " time), maximum, minimum or mean; clipped to [reward.min, reward.max].")
        RewardFunction function,
    @Key(value = "0", doc = "What an impression without any reward earned; clipped alike.")
        double defaultValue,
    @Key(
            value = "[]",
            doc =
                "Several kinds of reward: r = sum of weight * function over these kinds, clipped to"
                    + " [reward.min, reward.max]. Rewards of other kinds are dead letters"
                    + " (UNKNOWN_KIND). Empty: all rewards are alike, whatever their kind.")
        List<RewardKindConfig> kinds,
    @Key(
            value = "",
            doc =
                "The kind of reward that says that the impression was really shown; its value is"
                    + " not read. Without one inside the reward window, arrived before the correction"
                    + " horizon ends, impression and rewards are dead letters (NOT_ACTIVATED)."
                    + " Empty: every impression counts.")
        String activation) {

  public RewardConfig {
    if (!(max > min)) {
      throw new IllegalArgumentException(
          "max: "
              + max
              + ": must be above reward.min ("
              + min
              + "): set both in the unit of the reward");
    }
    kinds = List.copyOf(kinds);
    Repeats.refuse("kinds", kinds.stream().map(RewardKindConfig::kind).toList());
    if (Math.abs(defaultValue) > RewardFormula.LARGEST) {
      throw new IllegalArgumentException(
          "default-value: "
              + defaultValue
              + ": must be at most "
              + RewardFormula.LARGEST
              + " in absolute value: the default is 0");
    }
    if (!kinds.isEmpty() && function != RewardFunction.SUM) {
      throw new IllegalArgumentException(
          "function: "
              + Scalars.format(function)
              + ": each of reward.kinds has a function of its own: set it there and remove this"
              + " one");
    }
    if (!kinds.isEmpty() && defaultValue != 0) {
      throw new IllegalArgumentException(
          "default-value: "
              + defaultValue
              + ": each of reward.kinds has a default of its own: set it there and remove this"
              + " one");
    }
    for (RewardKindConfig kind : kinds) {
      if (kind.kind().equals(activation)) {
        throw new IllegalArgumentException(
            "activation: "
                + activation
                + ": must not be one of reward.kinds: name the kind of event that says the item was"
                + " shown");
      }
    }
  }

  /** What the rewards of an impression amount to. */
  public RewardFormula formula() {
    RewardRange range = new RewardRange(min, max);
    return kinds.isEmpty()
        ? RewardFormula.of(range, function, defaultValue, activation)
        : new RewardFormula(range, kinds.stream().map(RewardKindConfig::term).toList(), activation);
  }
}
