package hindcast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.kafka.RawRecord;
import hindcast.jobs.FlinkSettings;
import hindcast.jobs.PipelineJob;
import hindcast.jobs.PipelineTopology;
import hindcast.jobs.config.ConfigLoader;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.EmbeddedKafka;
import hindcast.local.LocalFlink;
import hindcast.local.results.LedgerTotals;
import hindcast.simulation.SyntheticWorld;
import hindcast.simulation.TrafficSettings;
import hindcast.simulation.WorldSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job between real topics, with two failures in the middle, against the topology over the same
 * records in memory, undisturbed.
 */
class KafkaPipelineITCase {
  private static final int PARTITIONS = 2;
  private static final long IMPRESSIONS = 15_000;
  private static final String CONFIG =
      """
      job: {checkpoint-interval: 1s}
      reward: {window: 10s}
      learning:
        window: 2s
        policies: [{id: clpi, minibatch: 256, checkpoint-every: 5}]
      evaluation: {report-every: 5s}
      time: {idle-timeout: 0s}
      """;

  @TempDir Path directory;

  @Test
  void failuresLeaveExactlyTheOutcomesAndCheckpointsOfAnUndisturbedRun() throws Exception {
    SyntheticWorld world = new SyntheticWorld(WorldSettings.of(9, 100));
    RecordedTraffic traffic =
        new RecordedTraffic(world, TrafficSettings.of(9, 1000), IMPRESSIONS, directory);
    PipelineRun expected =
        PipelineRun.of(
            ConfigLoader.parse(CONFIG, Map.of()), traffic, 2, directory.resolve("expected"));

    try (EmbeddedKafka broker = EmbeddedKafka.start(0, directory.resolve("kafka"));
        LocalFlink flink = LocalFlink.start(0, 2, directory.resolve("flink"))) {
      PipelineConfig config =
          ConfigLoader.parse(CONFIG, Map.of("kafka.bootstrap-servers", broker.bootstrapServers()));
      KafkaSettings kafka = PipelineJob.kafkaSettings(config);
      try (Admin admin = Admin.create(kafka.clientProperties())) {
        kafka.topics().create(admin, PARTITIONS, (short) 1);
      }
      try (TopicTraffic topics = new TopicTraffic(kafka, PARTITIONS)) {
        topics.send(traffic);
      }
      runUntilDrained(flink, config, traffic);
      new TopicResults(kafka).requireEqual(expected);
    }
  }

  private static void runUntilDrained(
      LocalFlink flink, PipelineConfig config, RecordedTraffic traffic) throws Exception {
    FailTwice.reset();
    StreamExecutionEnvironment env = flink.environment(FlinkSettings.of(config));
    env.setParallelism(2);
    PipelineTopology.Inputs inputs = PipelineJob.read(env, config);
    PipelineTopology.Inputs disturbed =
        new PipelineTopology.Inputs(
            inputs
                .impressions()
                .map(new FailTwice())
                .returns(TypeInformation.of(RawRecord.class))
                .uid("fail-twice"),
            inputs.rewards(),
            inputs.catalogue(),
            inputs.controls());
    PipelineJob.write(
        config, PipelineTopology.build(config, disturbed, traffic.manifest.getCount()));
    JobClient job = flink.submit(env, "pipeline");
    await()
        .atMost(Duration.ofMinutes(6))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              LedgerTotals totals = LedgerTotals.read("impressions", flink.metrics());
              return totals.account("outcomes") == IMPRESSIONS && totals.held() == 0;
            });
    job.stopWithSavepoint(true, flink.savepointFolder(), SavepointFormatType.CANONICAL)
        .get(1, TimeUnit.MINUTES);
    job.getJobExecutionResult().get(1, TimeUnit.MINUTES);
    assertThat(FailTwice.FAILURES).hasValue(2);
    for (String ledger : List.of("impressions", "rewards")) {
      LedgerTotals totals = LedgerTotals.read(ledger, flink.metrics());
      assertThat(totals.gap()).as(totals.equation()).isZero();
      assertThat(totals.held()).as(totals.equation()).isZero();
    }
  }
}
