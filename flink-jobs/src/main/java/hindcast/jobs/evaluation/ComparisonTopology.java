package hindcast.jobs.evaluation;

import hindcast.avro.GateVerdict;
import hindcast.avro.ValueEstimate;
import hindcast.avro.internal.ComparisonInput;
import hindcast.avro.internal.ScoredBlock;
import hindcast.evaluation.EvaluatedSlice;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The comparison with what is deployed, behind the evaluators of all policy lines, whose weights
 * meet here.
 *
 * <pre>
 *   weights of versions ────────┐
 *   estimates of all segments ──┼─ compare with deployed, in event time ─┬─ estimates
 *   verdicts ───────────────────┘                                       │─ verdicts
 *   estimates of single segments ───────────────────────────────────────┘
 * </pre>
 */
final class ComparisonTopology {
  private static final AvroTypeInfo<ComparisonInput> INPUT =
      new AvroTypeInfo<>(ComparisonInput.class);

  private ComparisonTopology() {}

  /** What comes out. */
  record Output(DataStream<ValueEstimate> estimates, DataStream<GateVerdict> verdicts) {}

  static Output build(
      EvaluationSettings settings,
      DataStream<ValueEstimate> estimates,
      DataStream<GateVerdict> verdicts,
      DataStream<ScoredBlock> weights) {
    DataStream<ComparisonInput> toCompare =
        estimates
            .filter(estimate -> estimate.getSegment().equals(EvaluatedSlice.ALL))
            .uid("estimates-of-all-segments")
            .name("estimates of all segments")
            .map(estimate -> ComparisonInput.newBuilder().setEstimate(estimate).build())
            .returns(INPUT)
            .uid("estimates-to-compare")
            .name("estimates to compare");
    DataStream<ComparisonInput> judged =
        verdicts
            .map(verdict -> ComparisonInput.newBuilder().setVerdict(verdict).build())
            .returns(INPUT)
            .uid("verdicts-to-compare")
            .name("verdicts to compare");
    DataStream<ComparisonInput> scored =
        weights
            .map(block -> ComparisonInput.newBuilder().setScored(block).build())
            .returns(INPUT)
            .uid("weights-to-compare")
            .name("weights to compare");
    SingleOutputStreamOperator<ValueEstimate> compared =
        scored
            .union(toCompare, judged)
            .keyBy(input -> EvaluatedSlice.ALL, Types.STRING)
            .process(new CompareWithDeployed(settings))
            .returns(new AvroTypeInfo<>(ValueEstimate.class))
            .uid("compare-with-deployed")
            .name("compare with deployed")
            .setParallelism(1);
    DataStream<ValueEstimate> ofSegments =
        estimates
            .filter(estimate -> !estimate.getSegment().equals(EvaluatedSlice.ALL))
            .uid("estimates-of-single-segments")
            .name("estimates of single segments");
    return new Output(
        compared.union(ofSegments), compared.getSideOutput(CompareWithDeployed.VERDICTS));
  }
}
