package hindcast.connectors.logs;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the sources of this process have read each log: for a progress bar beside a job that runs
 * in the same process. Thread-safe.
 */
public final class LogProgress {
  private static final Map<Path, LogProgress> BY_FILE = new ConcurrentHashMap<>();

  private volatile long line;

  private LogProgress() {}

  /** The progress of a file. */
  public static LogProgress of(Path file) {
    return BY_FILE.computeIfAbsent(file.toAbsolutePath().normalize(), ignored -> new LogProgress());
  }

  /** The line read last, from 1; smaller than before after a restart. */
  public long line() {
    return line;
  }

  void reached(long newLine) {
    line = newLine;
  }
}
