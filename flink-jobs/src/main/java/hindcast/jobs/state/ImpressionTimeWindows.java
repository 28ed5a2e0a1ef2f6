package hindcast.jobs.state;

import hindcast.avro.Feedback;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.triggers.EventTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * Tumbling windows of impression time, the one building block behind every step whose result
 * depends on order. A window holds the feedback of impressions shown in {@code [k size, (k + 1)
 * size)} and fires once all of it has matured, that is when the watermark passes the window's end
 * plus the reward window; its function then sorts it by {@link #ORDER}. Neither parallelism, nor a
 * restart, nor the way records interleaved on arrival changes what it sees.
 *
 * <p>A {@link TimeWindow} of this assigner lies in maturity time, milliseconds: impression time
 * plus reward window.
 */
public final class ImpressionTimeWindows extends WindowAssigner<Object, TimeWindow> {
  private static final long serialVersionUID = 1L;

  /** Impression time, then impression id compared as a string. */
  public static final Comparator<Feedback> ORDER =
      Comparator.comparingLong(Feedback::getEventTimeMicros)
          .thenComparing(Feedback::getImpressionId);

  private final long sizeMillis;
  private final MaturityTime maturity;

  /**
   * @param size length of a window, at least one millisecond
   * @param rewardWindow how long an impression waits for its rewards
   */
  public ImpressionTimeWindows(Duration size, Duration rewardWindow) {
    this.sizeMillis = size.toMillis();
    this.maturity = new MaturityTime(rewardWindow.toMillis());
    if (sizeMillis < 1) {
      throw new IllegalArgumentException("window must be at least 1ms: " + size);
    }
  }

  /** End of the window of impression time that {@code window} stands for, microseconds. */
  public long impressionTimeEndMicros(TimeWindow window) {
    return maturity.impressionTime(window.getEnd()) * 1000;
  }

  /** Maturity time at which the window of a feedback ends, milliseconds. */
  public long end(Feedback feedback) {
    long millis = Math.floorDiv(feedback.getEventTimeMicros(), 1000L);
    return maturity.of(MaturityTime.nextBoundary(millis, sizeMillis));
  }

  /** The maturity time its windows lie in. */
  public MaturityTime maturity() {
    return maturity;
  }

  @Override
  public Collection<TimeWindow> assignWindows(
      Object element, long timestamp, WindowAssignerContext context) {
    long end = end((Feedback) element);
    return List.of(new TimeWindow(end - sizeMillis, end));
  }

  @Override
  public Trigger<Object, TimeWindow> getDefaultTrigger() {
    return EventTimeTrigger.create();
  }

  @Override
  public TypeSerializer<TimeWindow> getWindowSerializer(ExecutionConfig executionConfig) {
    return new TimeWindow.Serializer();
  }

  @Override
  public boolean isEventTime() {
    return true;
  }

  @Override
  public String toString() {
    return "ImpressionTimeWindows(" + sizeMillis + "ms)";
  }
}
