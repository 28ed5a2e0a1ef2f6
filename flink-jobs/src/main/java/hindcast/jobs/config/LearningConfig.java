package hindcast.jobs.config;

import java.time.Duration;
import java.util.List;

/** Section {@code learning}: what is learned from the feedback. */
public record LearningConfig(
    @Key(
            value = "5s",
            rule = Rule.POSITIVE,
            doc =
                "Feedback is collected in windows of impression time, put in order inside them and"
                    + " cut into minibatches.")
        Duration window,
    @Key(value = "[]", doc = "The policies that learn, side by side on the same feedback.")
        List<LearningPolicyConfig> policies,
    @Key(
            value = "[]",
            doc =
                "Policies among which one is to be chosen: their intervals bear the cost of the"
                    + " choice.")
        List<GridConfig> grids) {

  public LearningConfig {
    policies = List.copyOf(policies);
    grids = List.copyOf(grids);
    Repeats.refuse("grids", grids.stream().map(GridConfig::id).toList());
    Repeats.refuse("policies", policies.stream().map(LearningPolicyConfig::id).toList());
  }
}
