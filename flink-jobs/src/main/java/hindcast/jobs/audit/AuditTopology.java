package hindcast.jobs.audit;

import hindcast.avro.AuditFinding;
import hindcast.avro.internal.AuditVerdict;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.jobs.config.PipelineConfig;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * AUDIT: blocks of feedback in, findings out, and to EVALUATION a verdict whether estimates may be
 * believed.
 *
 * <pre>
 *   blocks ─ audit feedback, in order ─┬─ findings: beginnings, changes, ends
 *                                      └─ verdicts, in event time, to every evaluator
 * </pre>
 */
public final class AuditTopology {
  /** Owner of the blocks that are audited: no policy can have this id. */
  public static final String OWNER = "*audit";

  private AuditTopology() {}

  /**
   * What comes out.
   *
   * @param findings when they begin, change or end
   * @param verdicts names of the critical findings, when they change
   */
  public record Output(DataStream<AuditFinding> findings, DataStream<AuditVerdict> verdicts) {}

  /** Builds the topology; without blocks of {@link #OWNER} nothing is found. */
  public static Output build(PipelineConfig config, DataStream<FeedbackBlock> blocks) {
    SingleOutputStreamOperator<AuditFinding> findings =
        blocks
            .filter(block -> block.getOwner().equals(OWNER))
            .uid("blocks-to-audit")
            .name("blocks to audit")
            .setParallelism(1)
            .transform(
                "audit feedback",
                new AvroTypeInfo<>(AuditFinding.class),
                new AuditFeedback(AuditOptions.of(config)))
            .uid("audit-feedback")
            .setParallelism(1)
            .startNewChain();
    return new Output(findings, findings.getSideOutput(AuditFeedback.VERDICTS));
  }
}
