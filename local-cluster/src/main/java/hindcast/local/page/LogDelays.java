package hindcast.local.page;

import hindcast.audit.DelayQuantiles;
import hindcast.avro.Reward;
import hindcast.connectors.logs.LogEntry;
import hindcast.connectors.logs.LogFormat;
import hindcast.connectors.logs.LogMerge;
import hindcast.connectors.logs.LogPiece;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long after their impressions the rewards of a log come; earlier ones count as 0. Impressions
 * are held for the reward window where rewards have files of their own; a reward whose impression
 * is not held is left out.
 */
public final class LogDelays {
  private final DelayQuantiles delays = new DelayQuantiles();
  private final Map<String, Long> shown = new HashMap<>();
  private final ArrayDeque<String> order = new ArrayDeque<>();
  private final boolean holds;
  private final long windowMicros;

  private LogDelays(boolean holds, Duration window) {
    this.holds = holds;
    windowMicros = TimeUnit.MICROSECONDS.convert(window);
  }

  /**
   * Reads the log once.
   *
   * @param pieces its files, as a scan has them
   * @param window the reward window
   */
  public static DelayQuantiles of(LogFormat format, List<LogPiece> pieces, Duration window)
      throws IOException {
    LogDelays delays = new LogDelays(pieces.stream().anyMatch(LogPiece::rewards), window);
    try (LogMerge log = new LogMerge(format, pieces)) {
      for (List<LogEntry> line = log.next(); line != null; line = log.next()) {
        line.stream().filter(entry -> !entry.isRejected()).forEach(delays::add);
      }
    }
    return delays.delays;
  }

  private void add(LogEntry entry) {
    if (entry.impression() != null && holds) {
      hold(entry.impression().getImpressionId(), entry.timeMicros());
    }
    for (Reward reward : entry.rewards()) {
      Long from =
          entry.impression() != null
              ? Long.valueOf(entry.timeMicros())
              : shown.get(reward.getImpressionId());
      if (from != null) {
        delays.add(Math.max(0, reward.getEventTimeMicros() - from));
      }
    }
  }

  private void hold(String id, long now) {
    if (shown.putIfAbsent(id, now) == null) {
      order.add(id);
    }
    while (now - shown.get(order.peek()) > windowMicros) {
      shown.remove(order.remove());
    }
  }
}
