package hindcast.jobs;

import hindcast.avro.Alert;
import hindcast.avro.AuditFinding;
import hindcast.avro.CatalogueManifest;
import hindcast.avro.DeadLetter;
import hindcast.avro.Feedback;
import hindcast.avro.GateVerdict;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyControl;
import hindcast.avro.ValueEstimate;
import hindcast.avro.ValueWindow;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.connectors.kafka.RawRecord;
import hindcast.jobs.alerting.AlertingTopology;
import hindcast.jobs.audit.AuditOptions;
import hindcast.jobs.audit.AuditTopology;
import hindcast.jobs.catalogue.ReceiveManifests;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.control.ControlTopology;
import hindcast.jobs.evaluation.EvaluationSettings;
import hindcast.jobs.evaluation.EvaluationTopology;
import hindcast.jobs.feedback.DeadLetterOutput;
import hindcast.jobs.feedback.FeedbackTopology;
import hindcast.jobs.gate.GateSettings;
import hindcast.jobs.learning.LearningTopology;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The whole pipeline as one function from input streams to output streams. It does not know whether
 * its inputs are topics or a historical log.
 *
 * <pre>
 *   impressions, rewards ─ FEEDBACK ─ feedback ─ sequence ─┬─ LEARNING ─ checkpoints ─┐
 *                                                          ├────────── EVALUATION ◄───┤─ estimates, alerts
 *                                                          └─ AUDIT ─ verdicts ───────┘─ findings
 *   commands ─ CONTROL ─ to LEARNING and EVALUATION
 * </pre>
 */
public final class PipelineTopology {
  private PipelineTopology() {}

  /**
   * What goes in.
   *
   * @param impressions what was shown
   * @param rewards what came of it
   * @param catalogue manifests of the item embeddings
   * @param controls commands about policy versions
   */
  public record Inputs(
      DataStream<RawRecord> impressions,
      DataStream<RawRecord> rewards,
      DataStream<RawRecord> catalogue,
      DataStream<RawRecord> controls) {}

  /**
   * What comes out.
   *
   * @param feedback one record for each impression, and once more for each correction
   * @param checkpoints versions of the learned policies
   * @param estimates values of all evaluated policies
   * @param windows their mergeable statistics by windows of impression time
   * @param alerts of watched policies
   * @param findings of the audit, when they begin, change or end
   * @param verdicts of gates
   * @param promotions that gates command
   * @param deadLetters refused records
   */
  public record Outputs(
      DataStream<Feedback> feedback,
      DataStream<PolicyCheckpoint> checkpoints,
      DataStream<ValueEstimate> estimates,
      DataStream<ValueWindow> windows,
      DataStream<Alert> alerts,
      DataStream<AuditFinding> findings,
      DataStream<GateVerdict> verdicts,
      DataStream<PolicyControl> promotions,
      DataStream<DeadLetter> deadLetters) {}

  /**
   * Builds the pipeline.
   *
   * @param actionCount number of actions the prior of the logging policy is uniform over
   */
  public static Outputs build(PipelineConfig config, Inputs inputs, long actionCount) {
    EvaluationSettings evaluation = EvaluationSettings.of(config);
    List<String> owners = new ArrayList<>();
    evaluation.lines().forEach(line -> owners.add(line.id()));
    if (config.audit().enabled()) {
      owners.add(AuditTopology.OWNER);
    }
    if (config.alerts().enabled()) {
      owners.add(AlertingTopology.OWNER);
    }

    SingleOutputStreamOperator<CatalogueManifest> manifests =
        inputs
            .catalogue()
            .process(new ReceiveManifests())
            .returns(new AvroTypeInfo<>(CatalogueManifest.class))
            .uid("receive-manifests")
            .name("receive manifests")
            .setParallelism(1);
    FeedbackTopology.Output feedback =
        FeedbackTopology.build(config, inputs.impressions(), inputs.rewards(), actionCount);
    DataStream<FeedbackBlock> blocks =
        LearningTopology.sequence(config, feedback.feedback(), owners);
    ControlTopology.Output control = ControlTopology.build(config, inputs.controls(), blocks);
    DataStream<PolicyCheckpoint> checkpoints =
        LearningTopology.build(config, blocks, control.controls(), manifests);
    AuditTopology.Output audit = AuditTopology.build(config, blocks, feedback.deadLetters());
    EvaluationTopology.Output estimates =
        EvaluationTopology.build(
            evaluation,
            config.audit().enabled() ? AuditOptions.of(config) : null,
            GateSettings.of(config),
            blocks,
            checkpoints,
            feedback.corrections(),
            audit.verdicts(),
            control.controls(),
            manifests);

    DataStream<AuditFinding> findings = audit.findings().union(estimates.findings());
    DataStream<Alert> alerts = estimates.alerts();
    if (config.alerts().enabled()) {
      alerts =
          alerts.union(
              AlertingTopology.build(
                  config, blocks, estimates.weights(), checkpoints, findings, control.controls()));
    }

    return new Outputs(
        feedback.revised(),
        checkpoints,
        estimates.estimates(),
        estimates.windows(),
        alerts,
        findings,
        estimates.verdicts(),
        estimates.promotions(),
        feedback
            .deadLetters()
            .union(manifests.getSideOutput(DeadLetterOutput.TAG), control.deadLetters()));
  }
}
