package hindcast.jobs;

import hindcast.jobs.config.JobConfig;
import hindcast.jobs.config.PipelineConfig;
import java.time.Duration;
import java.util.Locale;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/** What the configuration and the promises of a job ask of Flink. */
public final class FlinkSettings {
  private FlinkSettings() {}

  /**
   * Flink's own configuration of the job: exactly-once snapshots, no Kryo, a uid on every operator,
   * restarts with growing delay.
   */
  public static Configuration of(PipelineConfig config) {
    JobConfig job = config.job();
    Configuration flink = new Configuration();
    flink.set(PipelineOptions.NAME, job.name());
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    flink.set(PipelineOptions.OBJECT_REUSE, true);
    flink.set(PipelineOptions.MAX_PARALLELISM, job.maxParallelism());
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, job.checkpointInterval());
    flink.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    flink.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    flink.set(
        StateBackendOptions.STATE_BACKEND, job.stateBackend().name().toLowerCase(Locale.ROOT));
    if (!job.checkpointDirectory().isEmpty()) {
      flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
      flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, job.checkpointDirectory());
    }
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(200));
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(30));
    return flink;
  }
}
