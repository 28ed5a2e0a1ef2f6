package hindcast.jobs.evaluation;

import hindcast.avro.internal.EvaluationInput;
import hindcast.avro.internal.RewardCorrection;
import hindcast.evaluation.ScoredWindow;
import hindcast.jobs.state.MaturityTime;
import hindcast.jobs.state.StateBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The windows of a line that can still be corrected, as keyed state: end of the window in
 * microseconds of impression time to the bytes of a {@link ScoredWindow}.
 */
final class ScoredWindows {
  private final MaturityTime maturity;
  private final long windowMillis;
  private final long horizonMillis;
  private final MapState<Long, byte[]> windows;

  ScoredWindows(EvaluationSettings settings, RuntimeContext context) {
    this.maturity = settings.maturity();
    this.windowMillis = settings.learningWindowMillis();
    this.horizonMillis = settings.correctionHorizonMillis();
    this.windows =
        context.getMapState(
            new MapStateDescriptor<>(
                "scored-windows",
                Types.LONG,
                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  /** When a correction is handled: with its window, or next if that was scored. */
  long due(RewardCorrection correction, long watermark) {
    return Math.max(maturity.of(endMillis(correction)) - 1, watermark + 1);
  }

  private long endMillis(RewardCorrection correction) {
    long millis = Math.floorDiv(correction.getEventTimeMicros(), 1000L);
    return MaturityTime.nextBoundary(millis, windowMillis);
  }

  void put(long endMicros, ScoredWindow window) throws Exception {
    windows.put(endMicros, StateBytes.write(window::write));
  }

  private ScoredWindow get(long endMicros) throws Exception {
    byte[] bytes = windows.get(endMicros);
    return bytes == null ? new ScoredWindow() : StateBytes.parse(bytes, ScoredWindow::read);
  }

  /** Takes in the corrections among the inputs, window by window. */
  void revise(LineEvaluation line, List<EvaluationInput> inputs) throws Exception {
    Map<Long, List<ScoredWindow.Revision>> byWindow = new TreeMap<>();
    for (EvaluationInput input : inputs) {
      RewardCorrection correction = input.getCorrection();
      if (correction != null) {
        byWindow
            .computeIfAbsent(endMillis(correction) * 1000, end -> new ArrayList<>())
            .add(
                new ScoredWindow.Revision(
                    correction.getImpressionId(),
                    correction.getRevision(),
                    correction.getReward()));
      }
    }
    for (Map.Entry<Long, List<ScoredWindow.Revision>> entry : byWindow.entrySet()) {
      ScoredWindow window = get(entry.getKey());
      line.revise(entry.getKey(), window, entry.getValue());
      if (windows.contains(entry.getKey())) {
        put(entry.getKey(), window);
      }
    }
  }

  /**
   * Settles the window whose horizon has passed at this time, if there is one.
   *
   * @return whether there was
   */
  boolean settle(LineEvaluation line, long timestamp) throws Exception {
    if (horizonMillis == 0 || timestamp == Long.MAX_VALUE) {
      return false;
    }
    long endMicros = maturity.impressionTime(timestamp + 1 - horizonMillis) * 1000;
    if (!windows.contains(endMicros)) {
      return false;
    }
    line.settle(endMicros);
    windows.remove(endMicros);
    return true;
  }

  /** Sums up every window again. */
  void restore(LineEvaluation line) throws Exception {
    for (Map.Entry<Long, byte[]> entry : windows.entries()) {
      line.restore(entry.getKey(), StateBytes.parse(entry.getValue(), ScoredWindow::read));
    }
  }
}
