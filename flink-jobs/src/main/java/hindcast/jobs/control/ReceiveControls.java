package hindcast.jobs.control;

import hindcast.avro.PolicyControl;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.connectors.avro.ControlMapping;
import hindcast.connectors.kafka.RawRecord;
import hindcast.control.DeploymentHistory;
import hindcast.feedback.Reject;
import hindcast.feedback.Rejection;
import hindcast.jobs.feedback.DeadLetterOutput;
import hindcast.jobs.state.MaturityTime;
import hindcast.jobs.state.StateBytes;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Receives commands: those that break a rule go to the dead letters, one whose id was obeyed before
 * is counted and left out, and the others leave with the beginning of the window in which they take
 * effect instead of their own time: the window of impression time that holds it, or the next one to
 * be handled if that has passed.
 *
 * <p>The second input brings the watermark of the sequenced feedback and nothing else. Whatever is
 * behind both has not passed it, so a command arrives everywhere before its window is handled, and
 * takes effect everywhere in the same one. One subtask. Counters {@code obeyed}, {@code repeated}
 * and {@code late} under {@code hindcast.control}.
 */
public final class ReceiveControls
    extends CoProcessFunction<RawRecord, FeedbackBlock, PolicyControl>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final ControlSettings settings;

  private transient ListState<byte[]> state;
  private transient DeploymentHistory history;
  private transient ControlCheck check;
  private transient Counter obeyed;
  private transient Counter repeated;
  private transient Counter late;

  /** Checks against {@code settings}. */
  public ReceiveControls(ControlSettings settings) {
    this.settings = settings;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "deployment-history", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    history = new DeploymentHistory();
    for (byte[] bytes : state.get()) {
      history = StateBytes.parse(bytes, DeploymentHistory::read);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    state.clear();
    state.add(StateBytes.write(history::write));
  }

  @Override
  public void open(OpenContext context) {
    check = new ControlCheck(settings);
    MetricGroup group =
        getRuntimeContext().getMetricGroup().addGroup("hindcast").addGroup("control");
    obeyed = group.counter("obeyed");
    repeated = group.counter("repeated");
    late = group.counter("late");
  }

  @Override
  public void processElement1(RawRecord record, Context context, Collector<PolicyControl> out) {
    switch (record.kind()) {
      case DATA -> receive(record, context, out);
      case POISON ->
          context.output(DeadLetterOutput.TAG, DeadLetterOutput.of(record, record.reject()));
      case MARKER, CLOSING -> {}
    }
  }

  @Override
  public void processElement2(FeedbackBlock block, Context context, Collector<PolicyControl> out) {
    throw new IllegalStateException("only the time of the feedback is wanted here: " + block);
  }

  private void receive(RawRecord record, Context context, Collector<PolicyControl> out) {
    long watermark = context.timerService().currentWatermark();
    PolicyControl control = inWindow(record.payload(PolicyControl.class), watermark);
    Reject reject = check.check(control, history.at(control.getEffectiveTimeMicros()));
    if (reject == null && watermark == Long.MAX_VALUE) {
      reject = new Reject(Rejection.LATE, "the feedback has ended: no window is left to obey in");
    }
    if (reject != null) {
      context.output(DeadLetterOutput.TAG, DeadLetterOutput.of(record, reject));
    } else if (history.add(ControlMapping.command(control))) {
      obeyed.inc();
      out.collect(control);
    } else {
      repeated.inc();
    }
  }

  private PolicyControl inWindow(PolicyControl control, long watermark) {
    MaturityTime maturity = settings.maturity();
    long size = settings.windowMillis();
    long millis = Math.floorDiv(control.getEffectiveTimeMicros(), 1000L);
    if (watermark < Long.MAX_VALUE
        && PolicyControls.dueMillis(control, maturity, size) <= watermark) {
      late.inc();
      millis = maturity.impressionTime(watermark + 1);
    }
    return PolicyControl.newBuilder(control)
        .setEffectiveTimeMicros(Math.floorDiv(millis, size) * size * 1000)
        .build();
  }
}
