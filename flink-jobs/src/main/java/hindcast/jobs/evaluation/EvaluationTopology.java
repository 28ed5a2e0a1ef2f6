package hindcast.jobs.evaluation;

import hindcast.avro.Alert;
import hindcast.avro.AuditFinding;
import hindcast.avro.CatalogueManifest;
import hindcast.avro.GateVerdict;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.PolicyControl;
import hindcast.avro.ValueEstimate;
import hindcast.avro.ValueWindow;
import hindcast.avro.internal.AuditVerdict;
import hindcast.avro.internal.EvaluationInput;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.avro.internal.RewardCorrection;
import hindcast.avro.internal.ScoredBlock;
import hindcast.jobs.audit.AuditOptions;
import hindcast.jobs.gate.GateSettings;
import hindcast.jobs.state.CatalogueManifests;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * EVALUATION: blocks of feedback, policy checkpoints, corrections, verdicts of the audit and
 * commands in, value estimates, alerts and findings about policies out.
 *
 * <pre>
 *   blocks ──────┐
 *   checkpoints ─┤                                      ┌─ alerts, findings, windows
 *   corrections ─┼─ one owner for each policy line: ────┤
 *   verdicts ────┤  open at the cut, score, estimate    └─ compare with deployed ─ estimates
 *   commands ────┘
 * </pre>
 */
public final class EvaluationTopology {
  private EvaluationTopology() {}

  /**
   * What comes out.
   *
   * @param estimates of every slice, every so often
   * @param windows the sums of every slice by windows of impression time
   * @param alerts of watched policies
   * @param findings about the weights of policies, when they begin, change or end
   * @param verdicts of gates, with each report
   * @param promotions that gates command
   * @param weights of every version on every block, while something is deployed
   */
  public record Output(
      DataStream<ValueEstimate> estimates,
      DataStream<ValueWindow> windows,
      DataStream<Alert> alerts,
      DataStream<AuditFinding> findings,
      DataStream<GateVerdict> verdicts,
      DataStream<PolicyControl> promotions,
      DataStream<ScoredBlock> weights) {}

  /**
   * Builds the topology.
   *
   * @param audit how weights are audited; null for not at all
   * @param gates what candidates are asked
   */
  public static Output build(
      EvaluationSettings settings,
      AuditOptions audit,
      GateSettings gates,
      DataStream<FeedbackBlock> blocks,
      DataStream<PolicyCheckpoint> checkpoints,
      DataStream<RewardCorrection> corrections,
      DataStream<AuditVerdict> verdicts,
      DataStream<PolicyControl> controls,
      DataStream<CatalogueManifest> manifests) {
    AvroTypeInfo<EvaluationInput> inputType = new AvroTypeInfo<>(EvaluationInput.class);
    DataStream<EvaluationInput> toScore =
        blocks
            .filter(block -> !block.getOwner().startsWith("*"))
            .uid("blocks-of-lines")
            .name("blocks of policy lines")
            .setParallelism(1)
            .map(block -> new EvaluationInput(block.getOwner(), block, null, null, null, null))
            .returns(inputType)
            .uid("blocks-to-score")
            .name("blocks to score")
            .setParallelism(1);
    DataStream<EvaluationInput> toOpen =
        checkpoints
            .map(
                checkpoint ->
                    new EvaluationInput(
                        checkpoint.getPolicyId(), null, checkpoint, null, null, null))
            .returns(inputType)
            .uid("versions-to-open")
            .name("versions to open");
    DataStream<EvaluationInput> toMark =
        verdicts
            .flatMap(new VerdictsForLines(settings))
            .returns(inputType)
            .uid("verdicts-for-lines")
            .name("verdicts for every line")
            .setParallelism(1);
    DataStream<EvaluationInput> toObey =
        controls
            .flatMap(new ControlsForLines(settings))
            .returns(inputType)
            .uid("controls-for-lines")
            .name("commands for every line")
            .setParallelism(1);
    DataStream<EvaluationInput> inputs = toScore.union(toOpen, toMark, toObey);
    if (settings.correctionHorizonMillis() > 0) {
      inputs =
          inputs.union(
              corrections
                  .flatMap(new CorrectionsForLines(settings))
                  .returns(inputType)
                  .uid("corrections-for-lines")
                  .name("corrections for every line"));
    }
    SingleOutputStreamOperator<ValueEstimate> estimates =
        inputs
            .keyBy(EvaluationInput::getOwner, Types.STRING)
            .connect(manifests.broadcast(CatalogueManifests.STATE))
            .process(new EvaluatePolicy(settings, audit, gates))
            .returns(new AvroTypeInfo<>(ValueEstimate.class))
            .uid("evaluate-policies")
            .name("evaluate policies");
    DataStream<ScoredBlock> weights = estimates.getSideOutput(EvaluatePolicy.WEIGHTS);
    ComparisonTopology.Output compared =
        ComparisonTopology.build(
            settings, estimates, estimates.getSideOutput(EvaluatePolicy.VERDICTS), weights);
    return new Output(
        compared.estimates(),
        estimates.getSideOutput(EvaluatePolicy.WINDOWS),
        estimates.getSideOutput(EvaluatePolicy.ALERTS),
        estimates.getSideOutput(EvaluatePolicy.FINDINGS),
        compared.verdicts(),
        estimates.getSideOutput(EvaluatePolicy.PROMOTIONS),
        weights);
  }
}
