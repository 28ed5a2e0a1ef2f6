package hindcast.jobs.alerting;

import hindcast.avro.Alert;
import hindcast.avro.AuditFinding;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyControl;
import hindcast.avro.internal.AlertInput;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.avro.internal.ScoredBlock;
import hindcast.jobs.config.PipelineConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * ALERTS: everything an alert can rest on in, alerts out.
 *
 * <pre>
 *   blocks ──────────────┐
 *   weights of versions ─┤
 *   versions ────────────┼─ raise alerts, in event time ─ alerts: beginnings, changes, ends
 *   findings ────────────┤
 *   commands ────────────┘
 * </pre>
 */
public final class AlertingTopology {
  /** Owner of the blocks that alerts rest on: no policy can have this id. */
  public static final String OWNER = "*alerts";

  private static final AvroTypeInfo<AlertInput> INPUT = new AvroTypeInfo<>(AlertInput.class);

  private AlertingTopology() {}

  /** Builds the topology; without blocks of {@link #OWNER} only findings raise alerts. */
  public static DataStream<Alert> build(
      PipelineConfig config,
      DataStream<FeedbackBlock> blocks,
      DataStream<ScoredBlock> weights,
      DataStream<PolicyCheckpoint> checkpoints,
      DataStream<AuditFinding> findings,
      DataStream<PolicyControl> controls) {
    DataStream<AlertInput> feedback =
        blocks
            .filter(block -> block.getOwner().equals(OWNER))
            .uid("blocks-of-alerts")
            .name("blocks of alerts")
            .setParallelism(1)
            .map(block -> AlertInput.newBuilder().setBlock(block).build())
            .returns(INPUT)
            .uid("blocks-for-alerts")
            .name("blocks for alerts")
            .setParallelism(1);
    DataStream<AlertInput> scored =
        weights
            .map(block -> AlertInput.newBuilder().setScored(block).build())
            .returns(INPUT)
            .uid("weights-for-alerts")
            .name("weights for alerts");
    DataStream<AlertInput> learned =
        checkpoints
            .map(
                version ->
                    AlertInput.newBuilder()
                        .setLearned(version.getPolicyId())
                        .setDataCutMicros(version.getDataCutMicros())
                        .build())
            .returns(INPUT)
            .uid("versions-for-alerts")
            .name("versions for alerts");
    DataStream<AlertInput> found =
        findings
            .map(finding -> AlertInput.newBuilder().setFinding(finding).build())
            .returns(INPUT)
            .uid("findings-for-alerts")
            .name("findings for alerts");
    DataStream<AlertInput> commands =
        controls
            .map(
                control ->
                    AlertInput.newBuilder()
                        .setControl(PolicyControl.newBuilder(control).setCheckpoint(null).build())
                        .build())
            .returns(INPUT)
            .uid("commands-for-alerts")
            .name("commands for alerts")
            .setParallelism(1);
    return feedback
        .union(scored, learned, found, commands)
        .keyBy(input -> OWNER, Types.STRING)
        .process(new RaiseAlerts(AlertOptions.of(config)))
        .returns(new AvroTypeInfo<>(Alert.class))
        .uid("raise-alerts")
        .name("raise alerts")
        .setParallelism(1);
  }
}
