package hindcast.jobs.state;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;

/**
 * Holds what arrived for a key until the watermark has passed its time, so that everything an
 * operator has to know about that time has arrived, whichever input brought it. One keyed map from
 * event time (milliseconds) to the elements of that time; each time has a timer.
 *
 * @param <T> what is held
 */
public final class UntilWatermark<T> {
  private final MapState<Long, List<T>> held;

  /** Wraps the state described by {@link #descriptor}. */
  public UntilWatermark(MapState<Long, List<T>> held) {
    this.held = held;
  }

  /** The state this needs. */
  public static <T> MapStateDescriptor<Long, List<T>> descriptor(
      String name, TypeInformation<T> type) {
    return new MapStateDescriptor<>(name, Types.LONG, Types.LIST(type));
  }

  /** Holds {@code element} until the timer at {@code timestamp} fires. */
  public void add(T element, long timestamp, TimerService timers) throws Exception {
    List<T> elements = held.get(timestamp);
    if (elements == null) {
      elements = new ArrayList<>();
    }
    elements.add(element);
    held.put(timestamp, elements);
    timers.registerEventTimeTimer(timestamp);
  }

  /** Takes out what was held for {@code timestamp}; empty if nothing was. */
  public List<T> take(long timestamp) throws Exception {
    List<T> elements = held.get(timestamp);
    if (elements == null) {
      return List.of();
    }
    held.remove(timestamp);
    return elements;
  }
}
