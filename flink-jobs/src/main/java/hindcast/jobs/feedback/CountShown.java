package hindcast.jobs.feedback;

import hindcast.avro.Feedback;
import hindcast.jobs.state.ImpressionTimeWindows;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Counts how often each item was shown in each window, over the feedback of one subtask that was
 * activated in time, and hands the counts on once the watermark has passed the window, ahead of
 * that watermark. Whole numbers: the sum over subtasks does not depend on how the feedback was
 * spread.
 *
 * <p>An element is (end of the window in maturity time, policy id and item id as {@link
 * SharedPopularity#key}, count).
 */
public final class CountShown extends AbstractStreamOperator<Tuple3<Long, String, Long>>
    implements OneInputStreamOperator<Feedback, Tuple3<Long, String, Long>> {
  private static final long serialVersionUID = 1L;

  /** Type of the elements. */
  public static final TypeInformation<Tuple3<Long, String, Long>> TYPE =
      Types.TUPLE(Types.LONG, Types.STRING, Types.LONG);

  private final ImpressionTimeWindows windows;
  private final boolean enabled;

  private transient TreeMap<Long, Map<String, Long>> counts;
  private transient ListState<Tuple3<Long, String, Long>> state;

  /**
   * @param windows windows of impression time
   * @param enabled false: passes the watermark on and counts nothing
   */
  public CountShown(ImpressionTimeWindows windows, boolean enabled) {
    this.windows = windows;
    this.enabled = enabled;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("shown", TYPE));
    counts = new TreeMap<>();
    for (Tuple3<Long, String, Long> count : state.get()) {
      add(count.f0, count.f1, count.f2);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.clear();
    for (Map.Entry<Long, Map<String, Long>> window : counts.entrySet()) {
      for (Map.Entry<String, Long> item : window.getValue().entrySet()) {
        state.add(Tuple3.of(window.getKey(), item.getKey(), item.getValue()));
      }
    }
  }

  @Override
  public void processElement(StreamRecord<Feedback> record) {
    Feedback feedback = record.getValue();
    if (enabled && feedback.getActivatedInTime()) {
      add(
          windows.end(feedback),
          SharedPopularity.key(feedback.getPolicyId(), feedback.getItemId()),
          1);
    }
  }

  private void add(long end, String item, long count) {
    counts.computeIfAbsent(end, window -> new HashMap<>()).merge(item, count, Long::sum);
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    while (!counts.isEmpty() && counts.firstKey() - 1 <= watermark.getTimestamp()) {
      Map.Entry<Long, Map<String, Long>> window = counts.pollFirstEntry();
      for (Map.Entry<String, Long> item : window.getValue().entrySet()) {
        output.collect(
            new StreamRecord<>(
                Tuple3.of(window.getKey(), item.getKey(), item.getValue()), window.getKey() - 1));
      }
    }
    super.processWatermark(watermark);
  }
}
