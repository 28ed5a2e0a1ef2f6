package hindcast.local.replay;

import hindcast.avro.Alert;
import hindcast.avro.AuditFinding;
import hindcast.avro.CatalogueManifest;
import hindcast.avro.DeadLetter;
import hindcast.avro.GateVerdict;
import hindcast.avro.InputStream;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.ValueEstimate;
import hindcast.avro.ValueWindow;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.InputDecoder;
import hindcast.connectors.kafka.RawRecord;
import hindcast.connectors.logs.LogScan;
import hindcast.connectors.logs.LogSource;
import hindcast.jobs.PipelineTopology;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.CollectingSink;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The pipeline over a historical log: the topologies of the live job between other ends. */
final class ReplayJob {

  private ReplayJob() {}

  /** Where the results go. */
  record Sinks(
      CollectingSink<PolicyCheckpoint> checkpoints,
      CollectingSink<ValueEstimate> estimates,
      CollectingSink<ValueWindow> windows,
      CollectingSink<Alert> alerts,
      CollectingSink<AuditFinding> findings,
      CollectingSink<GateVerdict> verdicts,
      CollectingSink<DeadLetter> deadLetters) {}

  static void build(
      StreamExecutionEnvironment env,
      PipelineConfig config,
      ReplaySettings settings,
      LogScan scan,
      CatalogueManifest manifest,
      Sinks sinks) {
    DataStream<RawRecord> log =
        env.fromSource(
                new LogSource(settings.format(), scan.pieces()),
                LogSource.watermarks(scan),
                settings.logs().title())
            .uid("source-log")
            .setParallelism(1);
    PipelineTopology.Outputs outputs =
        PipelineTopology.build(
            config,
            new PipelineTopology.Inputs(
                of(log, InputStream.IMPRESSIONS),
                of(log, InputStream.REWARDS),
                catalogue(env, manifest),
                of(log, InputStream.POLICY_CONTROL)),
            config.propensity().actionCount() > 0
                ? config.propensity().actionCount()
                : manifest.getCount());
    outputs.checkpoints().sinkTo(sinks.checkpoints()).uid("sink-checkpoints").name("checkpoints");
    outputs.estimates().sinkTo(sinks.estimates()).uid("sink-estimates").name("estimates");
    outputs.windows().sinkTo(sinks.windows()).uid("sink-value-windows").name("value windows");
    outputs.alerts().sinkTo(sinks.alerts()).uid("sink-alerts").name("alerts");
    outputs.verdicts().sinkTo(sinks.verdicts()).uid("sink-verdicts").name("verdicts");
    outputs.findings().sinkTo(sinks.findings()).uid("sink-findings").name("findings");
    outputs.deadLetters().sinkTo(sinks.deadLetters()).uid("sink-dead-letters").name("dead letters");
  }

  private static DataStream<RawRecord> of(DataStream<RawRecord> log, InputStream stream) {
    return log.filter(record -> record.stream() == stream)
        .uid("log-" + stream)
        .name(stream.name())
        .setParallelism(1);
  }

  private static DataStream<RawRecord> catalogue(
      StreamExecutionEnvironment env, CatalogueManifest manifest) {
    RawRecord record =
        new InputDecoder(Duration.ZERO)
            .decode(
                InputStream.CATALOGUE,
                "catalogue",
                0,
                0,
                RawRecord.NO_APPEND_TIME,
                WireFormat.ofThread().encode(manifest));
    return env.fromData(TypeInformation.of(RawRecord.class), record)
        .uid("source-catalogue")
        .setParallelism(1);
  }
}
