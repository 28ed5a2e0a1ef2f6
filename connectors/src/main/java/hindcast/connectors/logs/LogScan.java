package hindcast.connectors.logs;

import hindcast.feedback.Rejection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * What one pass over a log tells before it is replayed.
 *
 * @param entries lines that are entries, refused ones included
 * @param rewards rewards in them
 * @param rejects refused lines by reason
 * @param items items shown or eligible; where the header names items and all of these are among
 *     them, the items it names. In the order of {@code IdOrder}: as numbers if all are integers
 * @param otherNames other names of items, such as the number of an action
 * @param segments segments seen, in the same order
 * @param firstTimeMicros smallest event time; 0 if no line could be used
 * @param lastTimeMicros largest event time
 * @param disorderMicros how far a line is behind the latest one before it, at most: 0 for a log in
 *     order of time
 * @param contextDimension d
 * @param pieces the files, in the order in which they are read
 */
public record LogScan(
    long entries,
    long rewards,
    Map<Rejection, Long> rejects,
    List<String> items,
    Map<String, String> otherNames,
    List<String> segments,
    long firstTimeMicros,
    long lastTimeMicros,
    long disorderMicros,
    int contextDimension,
    List<LogPiece> pieces) {
  /** How many files can be merged at once. */
  static final int MOST_OPEN = 256;

  /** Reads the whole file once. */
  public static LogScan of(LogFormat format, Path file) throws IOException {
    return of(format, file, entries -> {});
  }

  /**
   * Reads the whole file once.
   *
   * @param progress is told the number of entries so far, after each
   */
  public static LogScan of(LogFormat format, Path file, LongConsumer progress) throws IOException {
    return of(format, List.of(file), List.of(), progress);
  }

  /**
   * Reads all files once.
   *
   * @param files of impressions, at least one
   * @param rewards files of rewards alone
   * @param progress is told the number of entries so far, after each
   * @throws IOException if a file cannot be read, if files have contexts of different dimensions,
   *     or if the times of more than 256 overlap
   */
  public static LogScan of(
      LogFormat format, List<Path> files, List<Path> rewards, LongConsumer progress)
      throws IOException {
    return new LogScanner(format, progress).scan(files, rewards);
  }

  /**
   * What entries that are at hand tell.
   *
   * @param contextDimension d, as one of them has it
   */
  public static LogScan of(Iterable<LogEntry> entries, int contextDimension) {
    Contents contents = new Contents();
    entries.forEach(contents::add);
    return contents.result(List.of(), Map.of(), contextDimension, List.of());
  }

  /** Lines of all files, headers included. */
  public long lines() {
    return pieces.stream().mapToLong(LogPiece::lines).sum();
  }

  /** The least max out-of-orderness with which nothing of the log is late. */
  public Duration disorder() {
    return Duration.of(disorderMicros, ChronoUnit.MICROS);
  }

  /** What is gathered of entries. */
  static final class Contents {
    private final Map<Rejection, Long> rejects = new EnumMap<>(Rejection.class);
    private final Set<String> items = new HashSet<>();
    private final Set<String> segments = new HashSet<>();
    private long entries;
    private long rewards;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long disorder;

    void add(LogEntry entry) {
      entries++;
      if (entry.isRejected()) {
        rejects.merge(entry.reject().reason(), 1L, Long::sum);
        return;
      }
      rewards += entry.rewards().size();
      if (entry.impression() == null) {
        return;
      }
      items.add(entry.impression().getItemId());
      if (entry.impression().getEligibleItemIds() != null) {
        items.addAll(entry.impression().getEligibleItemIds());
      }
      segments.add(entry.impression().getSegment());
      long time = entry.impression().getEventTimeMicros();
      first = Math.min(first, time);
      last = Math.max(last, time);
      disorder = Math.max(disorder, last - time);
    }

    long entries() {
      return entries;
    }

    /**
     * The result.
     *
     * @param pieces the files; of their disorders the largest counts, unless there are none
     */
    LogScan result(
        Collection<String> declaredItems,
        Map<String, String> otherNames,
        int contextDimension,
        List<LogPiece> pieces) {
      for (LogPiece piece : pieces) {
        last = piece.rewards() ? last : Math.max(last, piece.lastMicros());
      }
      boolean any = last >= first;
      return new LogScan(
          entries,
          rewards,
          Collections.unmodifiableMap(rejects),
          IdOrder.sorted(new HashSet<>(declaredItems).containsAll(items) ? declaredItems : items),
          otherNames,
          IdOrder.sorted(segments),
          any ? first : 0,
          any ? last : 0,
          pieces.stream().mapToLong(LogPiece::disorderMicros).max().orElse(disorder),
          contextDimension,
          pieces);
    }
  }
}
