package hindcast.local.words;

import hindcast.avro.ValueWindow;
import hindcast.connectors.avro.ValueWindows;
import hindcast.evaluation.StoredWindow;
import hindcast.evaluation.WindowMerge;
import hindcast.feedback.RewardRange;
import hindcast.local.estimates.WindowBook;
import hindcast.local.results.ResultBoard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stored windows of policies as wholes over all segments; those of versions and of single
 * segments are left out. What is held grows with the policies and with {@code
 * evaluation.compacted-window}, not with the impressions. Thread-safe.
 */
public final class LineWindows {
  private final WindowBook book = new WindowBook();

  /** Takes a record in. */
  public void add(ValueWindow window) {
    if (window.getVersion() == ResultBoard.WHOLE_LINE
        && window.getSegment().equals(ResultBoard.ALL_SEGMENTS)) {
      book.add(window);
    }
  }

  /**
   * One policy's windows.
   *
   * @param range the user's unit of its rewards
   * @param windows in order of time, none overlapping
   */
  record Line(RewardRange range, List<StoredWindow> windows) {}

  /** The windows of every policy that has any, by its name. */
  Map<String, Line> lines() {
    Map<String, WindowMerge> merges = new LinkedHashMap<>();
    Map<String, RewardRange> ranges = new LinkedHashMap<>();
    for (ValueWindow record : book.records()) {
      ranges.put(record.getPolicy(), ValueWindows.range(record));
      merges.computeIfAbsent(record.getPolicy(), policy -> new WindowMerge()).add(window(record));
    }
    Map<String, Line> lines = new LinkedHashMap<>();
    merges.forEach(
        (policy, merge) -> lines.put(policy, new Line(ranges.get(policy), merge.windows())));
    return lines;
  }

  private static StoredWindow window(ValueWindow record) {
    try {
      return ValueWindows.window(record);
    } catch (IOException e) {
      throw new UncheckedIOException("a window of " + record.getPolicy() + " cannot be read", e);
    }
  }
}
