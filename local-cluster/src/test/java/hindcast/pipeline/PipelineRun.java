package hindcast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.Alert;
import hindcast.avro.AuditFinding;
import hindcast.avro.DeadLetter;
import hindcast.avro.Feedback;
import hindcast.avro.GateVerdict;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.ValueEstimate;
import hindcast.connectors.kafka.MarkerWatermarks;
import hindcast.connectors.kafka.RawRecord;
import hindcast.jobs.FlinkSettings;
import hindcast.jobs.PipelineTopology;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.CollectingSink;
import hindcast.local.LocalFlink;
import hindcast.local.results.LedgerTotals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * One run of the pipeline topology over recorded traffic on a mini cluster; every run ends by
 * asserting both conservation equations.
 */
final class PipelineRun {
  final NavigableMap<String, Feedback> feedback = new ConcurrentSkipListMap<>();
  final NavigableMap<String, PolicyCheckpoint> checkpoints = new ConcurrentSkipListMap<>();
  final NavigableMap<String, ValueEstimate> estimates = new ConcurrentSkipListMap<>();
  final NavigableMap<String, Alert> alerts = new ConcurrentSkipListMap<>();
  final NavigableMap<String, GateVerdict> verdicts = new ConcurrentSkipListMap<>();
  final NavigableMap<String, AuditFinding> findings = new ConcurrentSkipListMap<>();
  final NavigableMap<String, DeadLetter> deadLetters = new ConcurrentSkipListMap<>();

  /** Outcomes that have left the run that is going on. */
  static final AtomicLong OUTCOMES = new AtomicLong();

  LedgerTotals impressions;
  LedgerTotals rewards;

  static PipelineRun of(
      PipelineConfig config, RecordedTraffic traffic, int parallelism, Path directory)
      throws Exception {
    return of(config, traffic, parallelism, directory, UnaryOperator.identity());
  }

  /** Runs the topology; {@code disturbance} is put behind the source of impressions. */
  static PipelineRun of(
      PipelineConfig config,
      RecordedTraffic traffic,
      int parallelism,
      Path directory,
      UnaryOperator<DataStream<RawRecord>> disturbance)
      throws Exception {
    return of(config, traffic, parallelism, directory, disturbance, UnaryOperator.identity());
  }

  /**
   * Runs the topology.
   *
   * @param disturbance put behind the source of impressions
   * @param ofRewards put behind the source of rewards
   */
  static PipelineRun of(
      PipelineConfig config,
      RecordedTraffic traffic,
      int parallelism,
      Path directory,
      UnaryOperator<DataStream<RawRecord>> disturbance,
      UnaryOperator<DataStream<RawRecord>> ofRewards)
      throws Exception {
    PipelineRun run = new PipelineRun();
    OUTCOMES.set(0);
    try (LocalFlink flink = LocalFlink.start(0, parallelism, directory);
        CollectingSink.Collection<Feedback> feedback =
            CollectingSink.into(
                record -> {
                  run.feedback.merge(
                      record.getImpressionId(),
                      record,
                      (one, other) -> one.getRevision() > other.getRevision() ? one : other);
                  OUTCOMES.set(run.feedback.size());
                });
        CollectingSink.Collection<PolicyCheckpoint> checkpoints =
            CollectingSink.into(
                record ->
                    run.checkpoints.put(
                        "%s/%09d".formatted(record.getPolicyId(), record.getVersion()), record));
        CollectingSink.Collection<ValueEstimate> estimates =
            CollectingSink.into(
                record -> run.estimates.merge(key(record), record, PipelineRun::later));
        CollectingSink.Collection<Alert> alerts =
            CollectingSink.into(record -> run.alerts.put(record.getAlertId(), record));
        CollectingSink.Collection<GateVerdict> verdicts =
            CollectingSink.into(
                record ->
                    run.verdicts.merge(
                        record.getPolicy() + "/" + record.getVersion(),
                        record,
                        (one, other) ->
                            one.getEventTimeMicros() > other.getEventTimeMicros() ? one : other));
        CollectingSink.Collection<AuditFinding> findings =
            CollectingSink.into(record -> run.findings.put(record.getFindingId(), record));
        CollectingSink.Collection<DeadLetter> deadLetters =
            CollectingSink.into(
                record ->
                    run.deadLetters.put(
                        "%s/%09d/%s"
                            .formatted(record.getStream(), record.getOffset(), record.getReason()),
                        record))) {
      StreamExecutionEnvironment env = flink.environment(FlinkSettings.of(config));
      env.setParallelism(parallelism);
      PipelineTopology.Outputs outputs =
          PipelineTopology.build(
              config,
              new PipelineTopology.Inputs(
                  disturbance.apply(source(env, "impressions", traffic.impressions)),
                  ofRewards.apply(source(env, "rewards", traffic.rewards)),
                  source(env, "catalogue", traffic.catalogue),
                  source(env, "controls", traffic.controls)),
              traffic.manifest.getCount());
      outputs.feedback().sinkTo(feedback.sink()).uid("feedback");
      outputs.checkpoints().sinkTo(checkpoints.sink()).uid("checkpoints");
      outputs.estimates().sinkTo(estimates.sink()).uid("estimates");
      outputs.alerts().sinkTo(alerts.sink()).uid("alerts");
      outputs.verdicts().sinkTo(verdicts.sink()).uid("verdicts");
      outputs.findings().sinkTo(findings.sink()).uid("findings");
      outputs.deadLetters().sinkTo(deadLetters.sink()).uid("dead-letters");
      flink.submit(env, "pipeline").getJobExecutionResult().get(5, TimeUnit.MINUTES);
      run.impressions = LedgerTotals.read("impressions", flink.metrics());
      run.rewards = LedgerTotals.read("rewards", flink.metrics());
    }
    run.assertConserved();
    return run;
  }

  /** Nothing is lost: what came in is accounted for, and nothing waits any more. */
  private void assertConserved() {
    assertThat(impressions.gap()).as(impressions.equation()).isZero();
    assertThat(rewards.gap()).as(rewards.equation()).isZero();
    assertThat(impressions.held()).isZero();
    assertThat(rewards.held()).isZero();
    assertThat(feedback).hasSize((int) impressions.account("outcomes"));
    assertThat((long) deadLetters.size())
        .isEqualTo(impressions.deadLettered() + rewards.deadLettered());
  }

  private static ValueEstimate later(ValueEstimate one, ValueEstimate other) {
    return one.getEventTimeMicros() > other.getEventTimeMicros() ? one : other;
  }

  static String key(ValueEstimate estimate) {
    return "%s/%d/%s%s/%s"
        .formatted(
            estimate.getPolicy(),
            estimate.getVersion(),
            estimate.getEstimator(),
            new TreeMap<>(estimate.getParameters()),
            estimate.getSegment());
  }

  private static DataStream<RawRecord> source(
      StreamExecutionEnvironment env, String name, List<RawRecord> records) {
    return env.fromData(records, TypeInformation.of(RawRecord.class))
        .setParallelism(1)
        .uid("source-" + name)
        .assignTimestampsAndWatermarks(new MarkerWatermarks(Duration.ofSeconds(5), Duration.ZERO))
        .setParallelism(1)
        .uid("time-" + name);
  }
}
