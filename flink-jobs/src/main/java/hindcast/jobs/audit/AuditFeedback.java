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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Audits the outcomes in order, as they stood when their windows closed, and looks at the findings
 * at multiples of the report period in event time. A look at time t has seen exactly the windows
 * that end at or before t and the dead letters of records before t, and its records leave ahead of
 * the watermark t: what stands depends neither on how the watermark advanced nor on restarts, but
 * for letters that came behind it or have no time. Windows of a later look wait until it is over.
 * For one subtask.
 */
public final class AuditFeedback extends AbstractStreamOperator<AuditFinding>
    implements TwoInputStreamOperator<FeedbackBlock, String, AuditFinding> {
  private static final long serialVersionUID = 1L;
  private static final int FORMAT = 2;
  private static final long NO_LOOK = Long.MIN_VALUE;

  /** Side output: the names of the critical findings, when they change. */
  public static final OutputTag<AuditVerdict> VERDICTS =
      new OutputTag<>("verdicts", new AvroTypeInfo<>(AuditVerdict.class));

  private final AuditOptions options;

  private transient ListState<byte[]> state;
  private transient ListState<FeedbackBlock> waitingState;
  private transient Deque<FeedbackBlock> waiting;
  private transient AuditedLetters letters;
  private transient long joinedRewards;
  private transient long watermark;
  private transient long lastLook;
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
    waiting = new ArrayDeque<>();
    letters = new AuditedLetters();
    watermark = Long.MIN_VALUE;
    lastLook = NO_LOOK;
    waitingState =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("waiting", new AvroTypeInfo<>(FeedbackBlock.class)));
    waitingState.get().forEach(waiting::add);
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
    waitingState.update(List.copyOf(waiting));
  }

  @Override
  public void processElement1(StreamRecord<FeedbackBlock> record) {
    FeedbackBlock block = record.getValue();
    if (waiting.isEmpty() && watermark >= options.openFrom(look(block))) {
      audit(block);
    } else {
      waiting.add(block);
    }
  }

  @Override
  public void processElement2(StreamRecord<String> record) {
    boolean timed = record.hasTimestamp() && record.getTimestamp() != Long.MIN_VALUE;
    String letter = AuditedLetters.name(record.getValue());
    long look =
        timed
            ? options.lookAtLetter(
                AuditedLetters.timestamp(record.getValue(), record.getTimestamp()))
            : NO_LOOK;
    if (look <= lastLook || watermark >= timestamp(look)) {
      letters.addUntimed(letter);
    } else {
      letters.add(look, letter);
    }
  }

  private long look(FeedbackBlock block) {
    long endMillis = Math.floorDiv(block.getWindowEndMicros(), 1000L);
    return options.look(options.maturity().of(endMillis));
  }

  private void audit(FeedbackBlock block) {
    for (Feedback feedback : block.getFeedback()) {
      audit.add(new AuditedFeedback(AvroMapping.feedback(feedback), null, feedback.getSlateId()));
      joinedRewards += feedback.getRewardCount();
    }
    lookDue = look(block);
    auditedUntilMicros = block.getWindowEndMicros();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermark = mark.getTimestamp();
    long next = nextLook();
    while (next != NO_LOOK && watermark >= timestamp(next)) {
      while (!waiting.isEmpty() && look(waiting.peek()) <= next) {
        audit(waiting.poll());
      }
      look(next);
      next = nextLook();
    }
    while (!waiting.isEmpty() && watermark >= options.openFrom(look(waiting.peek()))) {
      audit(waiting.poll());
    }
    super.processWatermark(mark);
  }

  /** The first look that has something to look at. */
  private long nextLook() {
    if (lookDue == NO_LOOK && waiting.isEmpty() && letters.isEmpty()) {
      return NO_LOOK;
    }
    long next = Math.min(lookDue == NO_LOOK ? Long.MAX_VALUE : lookDue, letters.firstLook());
    return waiting.isEmpty() ? next : Math.min(next, look(waiting.peek()));
  }

  private static long timestamp(long look) {
    return look == Long.MAX_VALUE ? look : look - 1;
  }

  private void look(long time) {
    letters.tell(audit, time, joinedRewards);
    lastLook = time;
    if (lookDue == NO_LOOK && time != Long.MAX_VALUE) {
      long boundary = options.maturity().impressionTime(time) * 1000;
      auditedUntilMicros = Math.max(auditedUntilMicros, boundary);
    }
    List<Finding> findings = audit.findings();
    for (StandingFindings.Change change : standing.update(findings, auditedUntilMicros)) {
      output.collect(
          new StreamRecord<>(
              FindingRecords.of(change, auditedUntilMicros, audit.n()), timestamp(time)));
    }
    List<String> names = audit.unreliable(findings, "");
    if (!names.equals(unreliable)) {
      unreliable = names;
      output.collect(VERDICTS, new StreamRecord<>(new AuditVerdict(names), timestamp(time)));
    }
    lookDue = NO_LOOK;
  }

  private void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeLong(lookDue);
    out.writeLong(auditedUntilMicros);
    out.writeLong(lastLook);
    out.writeLong(joinedRewards);
    letters.write(out);
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
    lastLook = in.readLong();
    joinedRewards = in.readLong();
    letters.read(in);
    unreliable = new ArrayList<>();
    for (int k = in.readInt(); k > 0; k--) {
      unreliable.add(in.readUTF());
    }
    standing.read(in);
    audit.read(in);
  }
}
