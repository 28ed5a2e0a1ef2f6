package hindcast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.Feedback;
import hindcast.avro.ValueEstimate;
import hindcast.connectors.kafka.RawRecord;
import hindcast.jobs.config.ConfigLoader;
import hindcast.jobs.config.PipelineConfig;
import hindcast.simulation.SyntheticWorld;
import hindcast.simulation.TrafficSettings;
import hindcast.simulation.WorldSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rewards and activations that come after their outcomes end in the numbers of the log in which
 * they did not.
 */
class CorrectionsITCase {
  private static final long IMPRESSIONS = 8_000;
  private static final String CONFIG =
      """
      job: {checkpoint-interval: 200ms}
      reward: {window: 2s, correction-horizon: 1h}
      learning: {window: 1s}
      evaluation: {report-every: 1s}
      """;

  @TempDir private Path directory;

  @Test
  void lateRewardsReviseFeedbackAndEstimatesAndNothingIsLost() throws Exception {
    PipelineConfig config = ConfigLoader.parse(CONFIG, Map.of());
    PipelineRun clean = PipelineRun.of(config, traffic("clean"), 2, directory.resolve("a"));

    RecordedTraffic disturbed = traffic("late");
    assertThat(Latecomers.arrange(disturbed)).isPositive();
    PipelineRun late =
        PipelineRun.of(
            config,
            disturbed,
            2,
            directory.resolve("b"),
            impressions -> behind(impressions, new Latecomers.Impressions()),
            rewards -> behind(rewards, new Latecomers.Rewards()));

    assertThat(clean.rewards.account("corrections")).isZero();
    assertThat(late.rewards.account("corrections")).isPositive();
    assertThat(late.rewards.account("corrections") + late.rewards.account("joined"))
        .isEqualTo(clean.rewards.account("joined"));
    assertThat(late.impressions).isEqualTo(clean.impressions);
    assertThat(late.feedback.values().stream().mapToLong(Feedback::getRevision).sum())
        .isEqualTo(late.rewards.account("corrections"));
    assertThat(unrevised(late)).isEqualTo(unrevised(clean));
    assertThat(late.estimates.get("uniform/0/IPS{}/*").getRevision())
        .isEqualTo((int) late.rewards.account("corrections"));
    assertThat(clean.estimates.values()).allMatch(e -> e.getCorrectionsLeftOut() == 0);
    assertThat(late.estimates.get("uniform/0/IPS{}/*").getCorrectionsLeftOut())
        .isEqualTo(late.rewards.account("corrections"));
    assertThat(mergeable(late)).isEqualTo(mergeable(clean));
  }

  @Test
  void lateActivationsMakeOutcomesCountAndNothingIsLost() throws Exception {
    PipelineConfig config = ConfigLoader.parse(CONFIG, Map.of("reward.activation", "shown"));
    RecordedTraffic activated = traffic("activated");
    activated.activate("shown", 7);
    PipelineRun clean = PipelineRun.of(config, activated, 2, directory.resolve("c"));

    RecordedTraffic disturbed = traffic("activated-late");
    disturbed.activate("shown", 7);
    assertThat(Latecomers.arrange(disturbed)).isPositive();
    PipelineRun late =
        PipelineRun.of(
            config,
            disturbed,
            2,
            directory.resolve("d"),
            impressions -> behind(impressions, new Latecomers.Impressions()),
            rewards -> behind(rewards, new Latecomers.Rewards()));

    assertThat(clean.feedback.values()).allMatch(Feedback::getActivatedInTime);
    assertThat(late.feedback.values()).anyMatch(record -> !record.getActivatedInTime());
    assertThat(clean.impressions.deadLetters()).containsKey("NOT_ACTIVATED");
    assertThat(clean.rewards.account("corrections")).isZero();
    assertThat(late.impressions).isEqualTo(clean.impressions);
    assertThat(late.rewards.account("corrections") + late.rewards.account("joined"))
        .as(late.rewards + " of " + clean.rewards)
        .isEqualTo(clean.rewards.account("joined"));
    assertThat(late.feedback.keySet()).isEqualTo(clean.feedback.keySet());
    late.feedback.forEach(
        (id, record) ->
            assertThat(record.getReward()).as(id).isEqualTo(clean.feedback.get(id).getReward()));
    assertThat(fixed(mergeable(late))).isNotEmpty().isEqualTo(fixed(mergeable(clean)));
  }

  /** Of policies that do not learn. */
  private static Map<String, ValueEstimate> fixed(Map<String, ValueEstimate> estimates) {
    Map<String, ValueEstimate> fixed = new TreeMap<>(estimates);
    fixed.keySet().removeIf(key -> !key.startsWith("uniform/") && !key.startsWith("logging/"));
    return fixed;
  }

  private RecordedTraffic traffic(String name) throws Exception {
    Path folder = directory.resolve(name);
    Files.createDirectories(folder);
    return new RecordedTraffic(
        new SyntheticWorld(WorldSettings.of(5, 50)),
        TrafficSettings.of(5, 1000),
        IMPRESSIONS,
        folder);
  }

  private static DataStream<RawRecord> behind(
      DataStream<RawRecord> stream, MapFunction<RawRecord, RawRecord> map) {
    return stream
        .map(map)
        .returns(TypeInformation.of(RawRecord.class))
        .setParallelism(1)
        .uid(map.getClass().getSimpleName());
  }

  private static Map<String, Feedback> unrevised(PipelineRun run) {
    Map<String, Feedback> feedback = new TreeMap<>();
    run.feedback.forEach(
        (id, record) ->
            feedback.put(
                id, Feedback.newBuilder(record).setRevision(0).setPreviousReward(null).build()));
    return feedback;
  }

  /** The estimates but for what uses outcomes as they stood when their windows closed. */
  private static Map<String, ValueEstimate> mergeable(PipelineRun run) {
    Map<String, ValueEstimate> estimates = new TreeMap<>();
    run.estimates.forEach(
        (key, estimate) ->
            estimates.put(
                key,
                ValueEstimate.newBuilder(estimate)
                    .setRevision(0)
                    .setCorrectionsLeftOut(0)
                    .setSequenceLower(null)
                    .setSequenceUpper(null)
                    .setDifferenceSequenceLower(null)
                    .setDifferenceSequenceUpper(null)
                    .build()));
    return estimates;
  }
}
