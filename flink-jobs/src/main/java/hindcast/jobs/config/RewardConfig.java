package hindcast.jobs.config;

import java.time.Duration;

/** Section {@code reward}: the user's unit of reward and how long an outcome is waited for. */
public record RewardConfig(
    @Key(
            value = "0",
            doc = "Least reward an impression can have, in the user's unit; none counts as 0.")
        double min,
    @Key(value = "1", doc = "Largest reward an impression can have, in the user's unit.")
        double max,
    @Key(
            value = "10min",
            rule = Rule.POSITIVE,
            doc =
                "A reward counts if it happens less than this after its impression. Outcomes are"
                    + " known when the window has closed, so it is also the delay of learning.")
        Duration window) {

  public RewardConfig {
    if (!(max > min)) {
      throw new IllegalArgumentException(
          "max: "
              + max
              + ": must be above reward.min ("
              + min
              + "): set both in the unit of the reward");
    }
  }
}
