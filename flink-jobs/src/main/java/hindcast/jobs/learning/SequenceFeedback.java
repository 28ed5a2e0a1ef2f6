package hindcast.jobs.learning;

import hindcast.avro.Feedback;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.jobs.state.ImpressionTimeWindows;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/**
 * The sequencer: orders the feedback of a window once and hands every owner of a policy its copy,
 * cut into numbered blocks. LEARNING and EVALUATION both live on its output, so they see the same
 * events in the same order. Outcomes that were not activated in time stand apart in their block.
 */
public final class SequenceFeedback
    extends ProcessWindowFunction<Feedback, FeedbackBlock, Integer, TimeWindow> {
  private static final long serialVersionUID = 1L;

  /** Feedback in one block at most: bounds the size of a record between operators. */
  public static final int BLOCK_SIZE = 1024;

  private final ImpressionTimeWindows windows;
  private final ArrayList<String> owners;

  /**
   * @param windows the windows this function is applied to
   * @param owners the policy lines that learn or are evaluated
   */
  public SequenceFeedback(ImpressionTimeWindows windows, List<String> owners) {
    this.windows = windows;
    this.owners = new ArrayList<>(owners);
  }

  @Override
  public void process(
      Integer key, Context context, Iterable<Feedback> elements, Collector<FeedbackBlock> out)
      throws Exception {
    ValueState<Long> nextNumber =
        context.globalState().getState(new ValueStateDescriptor<>("next-block", Types.LONG));
    List<Feedback> ordered = new ArrayList<>();
    elements.forEach(ordered::add);
    ordered.sort(ImpressionTimeWindows.ORDER);

    long number = nextNumber.value() == null ? 0 : nextNumber.value();
    long windowEnd = windows.impressionTimeEndMicros(context.window());
    for (int from = 0; from < ordered.size(); from += BLOCK_SIZE) {
      List<Feedback> run = ordered.subList(from, Math.min(from + BLOCK_SIZE, ordered.size()));
      List<Feedback> counted = run.stream().filter(Feedback::getActivatedInTime).toList();
      List<Feedback> unactivated = run.stream().filter(k -> !k.getActivatedInTime()).toList();
      for (String owner : owners) {
        out.collect(new FeedbackBlock(owner, windowEnd, number, counted, unactivated));
      }
      number++;
    }
    nextNumber.update(number);
  }
}
