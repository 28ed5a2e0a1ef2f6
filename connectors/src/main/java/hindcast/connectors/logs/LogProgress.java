package hindcast.connectors.logs;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the sources of this process have read each log: for a progress bar beside a job that runs
 * in the same process. Thread-safe.
 */
public final class LogProgress {
  private static final Map<List<String>, LogProgress> BY_FILES = new ConcurrentHashMap<>();

  private volatile long lines;

  private LogProgress() {}

  /** The progress of a log. */
  public static LogProgress of(List<LogPiece> pieces) {
    return BY_FILES.computeIfAbsent(
        pieces.stream().map(LogPiece::file).toList(), ignored -> new LogProgress());
  }

  /** Lines of all files read so far; fewer than before after a restart. */
  public long lines() {
    return lines;
  }

  void reached(long newLines) {
    lines = newLines;
  }
}
