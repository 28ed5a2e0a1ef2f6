package hindcast.jobs.audit;

import hindcast.avro.AuditFinding;
import hindcast.avro.DeadLetter;
import hindcast.avro.internal.AuditVerdict;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.jobs.config.PipelineConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * AUDIT: blocks of feedback and dead letters in, findings out, and to EVALUATION a verdict whether
 * estimates may be believed.
 *
 * <pre>
 *   blocks ─────── audit feedback, in order ─┬─ findings: beginnings, changes, ends
 *   dead letters ─ count, by event time ─┘   └─ verdicts, in event time, to every evaluator
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

  /**
   * Builds the topology; nothing is found where the audit is not enabled.
   *
   * @param letters of impressions and rewards, with the event time of their records
   */
  public static Output build(
      PipelineConfig config, DataStream<FeedbackBlock> blocks, DataStream<DeadLetter> letters) {
    boolean enabled = config.audit().enabled();
    DataStream<String> counted =
        letters
            .filter(letter -> enabled)
            .uid("audited-letters")
            .name("audited letters")
            .map(new AuditedLetters.Read())
            .returns(Types.STRING)
            .uid("letters-to-audit")
            .name("letters to audit");
    SingleOutputStreamOperator<AuditFinding> findings =
        blocks
            .filter(block -> block.getOwner().equals(OWNER))
            .uid("blocks-to-audit")
            .name("blocks to audit")
            .setParallelism(1)
            .connect(counted)
            .transform(
                "audit feedback",
                new AvroTypeInfo<>(AuditFinding.class),
                new AuditFeedback(AuditOptions.of(config)))
            .uid("audit-feedback")
            .setParallelism(1);
    return new Output(findings, findings.getSideOutput(AuditFeedback.VERDICTS));
  }
}
