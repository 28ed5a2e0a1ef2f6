package hindcast.local;

import hindcast.connectors.logs.LogFormat;
import hindcast.connectors.logs.LogScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Historical logs as a user names them. */
public final class LogFiles {

  private LogFiles() {}

  /**
   * The format called {@code name}.
   *
   * @throws LocalStartException if there is none
   */
  public static LogFormat format(String name) {
    try {
      return LogFormat.of(name);
    } catch (IllegalArgumentException e) {
      throw new LocalStartException("--format: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the whole log once.
   *
   * @throws LocalStartException if it cannot be read or is of another format
   */
  public static LogScan scan(LogFormat format, Path file) {
    requireReadable("--log", file);
    try {
      return LogScan.of(format, file);
    } catch (IOException e) {
      throw new LocalStartException("--log cannot be read: " + e.getMessage(), e);
    }
  }

  /** Refuses a file that is not there. */
  public static void requireReadable(String option, Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new LocalStartException(option + " file cannot be read: " + file);
    }
  }
}
