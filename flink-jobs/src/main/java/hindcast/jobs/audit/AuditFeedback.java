package hindcast.jobs.audit;

import hindcast.audit.AuditedFeedback;
import hindcast.audit.Finding;
import hindcast.audit.LogAudit;
import hindcast.audit.StandingFindings;
import hindcast.avro.AuditFinding;
import hindcast.avro.Feedback;
import hindcast.avro.internal.AuditVerdict;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.connectors.avro.AvroMapping;
import hindcast.jobs.state.StateBytes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Audits the outcomes in order, as they stood when their windows closed, and looks at the findings
 * at multiples of the report period in event time. A look at time t has seen exactly the windows
 * that end at or before t, and its records leave ahead of the watermark t: what stands depends
 * neither on how the watermark advanced nor on restarts. For one subtask.
 */
public final class AuditFeedback extends AbstractStreamOperator<AuditFinding>
    implements OneInputStreamOperator<FeedbackBlock, AuditFinding> {
  private static final long serialVersionUID = 1L;
  private static final int FORMAT = 1;
  private static final long NO_LOOK = Long.MIN_VALUE;

  /** Side output: the names of the critical findings, when they change. */
  public static final OutputTag<AuditVerdict> VERDICTS =
      new OutputTag<>("verdicts", new AvroTypeInfo<>(AuditVerdict.class));

  private final AuditOptions options;

  private transient ListState<byte[]> state;
  private transient LogAudit audit;
  private transient StandingFindings standing;
  private transient List<String> unreliable;
  private transient long lookDue;
  private transient long auditedUntilMicros;

  /** Audits as {@code options} say. */
  public AuditFeedback(AuditOptions options) {
    this.options = options;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    audit = new LogAudit(options.settings());
    standing = new StandingFindings();
    unreliable = List.of();
    lookDue = NO_LOOK;
    state =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "audit", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    for (byte[] bytes : state.get()) {
      StateBytes.read(bytes, this::read);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    getMetricGroup()
        .addGroup("hindcast")
        .gauge("criticalFindings", (Gauge<Long>) standing::critical);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.update(List.of(StateBytes.write(this::write)));
  }

  @Override
  public void processElement(StreamRecord<FeedbackBlock> record) {
    FeedbackBlock block = record.getValue();
    long due = options.look(record.getTimestamp() + 1);
    if (lookDue != NO_LOOK && due > lookDue) {
      look();
    }
    for (Feedback feedback : block.getFeedback()) {
      audit.add(new AuditedFeedback(AvroMapping.feedback(feedback), null, feedback.getSlateId()));
    }
    lookDue = due;
    auditedUntilMicros = block.getWindowEndMicros();
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    if (lookDue != NO_LOOK && watermark.getTimestamp() >= lookTimestamp()) {
      look();
    }
    super.processWatermark(watermark);
  }

  private long lookTimestamp() {
    return lookDue == Long.MAX_VALUE ? lookDue : lookDue - 1;
  }

  private void look() {
    List<Finding> findings = audit.findings();
    for (StandingFindings.Change change : standing.update(findings, auditedUntilMicros)) {
      output.collect(
          new StreamRecord<>(
              FindingRecords.of(change, auditedUntilMicros, audit.n()), lookTimestamp()));
    }
    List<String> names = audit.unreliable(findings, "");
    if (!names.equals(unreliable)) {
      unreliable = names;
      output.collect(VERDICTS, new StreamRecord<>(new AuditVerdict(names), lookTimestamp()));
    }
    lookDue = NO_LOOK;
  }

  private void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeLong(lookDue);
    out.writeLong(auditedUntilMicros);
    out.writeInt(unreliable.size());
    for (String name : unreliable) {
      out.writeUTF(name);
    }
    standing.write(out);
    audit.write(out);
  }

  private void read(DataInput in) throws IOException {
    StateBytes.requireFormat(FORMAT, in.readByte(), "audit");
    lookDue = in.readLong();
    auditedUntilMicros = in.readLong();
    unreliable = new ArrayList<>();
    for (int k = in.readInt(); k > 0; k--) {
      unreliable.add(in.readUTF());
    }
    standing.read(in);
    audit.read(in);
  }
}
