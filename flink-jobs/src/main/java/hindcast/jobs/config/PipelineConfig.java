package hindcast.jobs.config;

import java.util.Map;

/**
 * Everything that is configured, checked: a value that exists is valid.
 *
 * <p>Made by {@link ConfigLoader} from a file and overrides, by {@link #defaults()}, or from
 * another one by {@link #with}.
 */
public record PipelineConfig(
    @Key(doc = "The Flink job.") JobConfig job,
    @Key(doc = "The broker and its topics.") KafkaConfig kafka,
    @Key(doc = "Rewards: their range and how long they are waited for.") RewardConfig reward,
    @Key(doc = "How event time advances.") TimeConfig time,
    @Key(doc = "The running estimate of the logging policy.") PropensityConfig propensity,
    @Key(doc = "What is learned.") LearningConfig learning,
    @Key(doc = "What is evaluated.") EvaluationConfig evaluation,
    @Key(doc = "Alarms about policies that do worse than the logging policy.") AlertsConfig alerts,
    @Key(doc = "What a policy must show before it may be deployed.") GatesConfig gates,
    @Key(doc = "Whether the log can be believed.") AuditConfig audit,
    @Key(doc = "The items.") CatalogueConfig catalogue,
    @Key(doc = "Large policy checkpoints.") CheckpointStoreConfig checkpointStore) {

  /** Every key at its default: nothing learns. */
  public static PipelineConfig defaults() {
    return ConfigLoader.parse("", Map.of());
  }

  /**
   * This configuration with some keys set anew, each as {@code --set} would: {@code
   * Map.of("reward.window", "10s", "learning.policies", "[{id: clpi}]")}.
   *
   * @throws ConfigException with all problems, if there are any
   */
  public PipelineConfig with(Map<String, String> overrides) {
    return ConfigLoader.load(ConfigTree.of(this), overrides);
  }
}
