package hindcast.jobs.config;

import hindcast.feedback.RewardFormula;
import hindcast.feedback.RewardFunction;

/** One element of {@code reward.kinds}: a summand of the reward. */
public record RewardKindConfig(
    @Key(value = Key.REQUIRED, rule = Rule.ID, doc = "The kind rewards carry, such as click.")
        String kind,
    @Key(
            value = "sum",
            doc =
                "What several rewards of this kind amount to: sum, first, last, maximum, minimum or"
                    + " mean.")
        RewardFunction function,
    @Key(value = "1", doc = "Its factor in the sum over the kinds.") double weight,
    @Key(value = "0", doc = "What an impression without a reward of this kind has for it.")
        double defaultValue) {

  public RewardKindConfig {
    refuseTooLarge("weight", weight, 1);
    refuseTooLarge("default-value", defaultValue, 0);
  }

  RewardFormula.Term term() {
    return new RewardFormula.Term(kind, function, weight, defaultValue);
  }

  private static void refuseTooLarge(String key, double value, int usual) {
    if (Math.abs(value) > RewardFormula.LARGEST) {
      throw new IllegalArgumentException(
          key
              + ": "
              + value
              + ": must be at most "
              + RewardFormula.LARGEST
              + " in absolute value: the default is "
              + usual);
    }
  }
}
