package hindcast.connectors.logs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which the files of a log are read: by first event time; impressions before rewards
 * of the same time; else as they were named. Files without times of their own stand before all
 * others, as they were named: each goes on where the one before it ends.
 */
final class LogOrder {
  private LogOrder() {}

  /**
   * The files in their order.
   *
   * @param scans in the order in which they were named
   */
  static List<LogPiece> of(List<PieceScan> scans) {
    List<PieceScan> numbered = new ArrayList<>(scans);
    numbered.sort(
        Comparator.comparing(PieceScan::isTimed)
            .thenComparingLong(scan -> scan.isTimed() ? scan.firstMicros() : 0));
    Map<Boolean, Long> numbers = new HashMap<>();
    List<LogPiece> pieces = new ArrayList<>();
    for (PieceScan scan : numbered) {
      long before = numbers.getOrDefault(scan.rewards(), 0L);
      long repeated = numbers.containsKey(scan.rewards()) ? scan.header() : 0;
      pieces.add(scan.behind(before - repeated));
      numbers.put(scan.rewards(), before - repeated + scan.lines());
    }
    pieces.sort(Comparator.comparingLong(LogPiece::firstMicros).thenComparing(LogPiece::rewards));
    return List.copyOf(pieces);
  }

  /** How many files are open at once at most while they are merged. */
  static int mostOpen(List<LogPiece> pieces) {
    List<long[]> ends = new ArrayList<>();
    for (LogPiece piece : pieces) {
      if (piece.firstMicros() != LogPiece.NO_TIME) {
        ends.add(new long[] {piece.firstMicros(), 1});
        ends.add(new long[] {piece.lastMicros(), -1});
      }
    }
    ends.sort(Comparator.<long[]>comparingLong(end -> end[0]).thenComparing(end -> -end[1]));
    int open = 0;
    int most = 0;
    for (long[] end : ends) {
      open += (int) end[1];
      most = Math.max(most, open);
    }
    return most;
  }
}
