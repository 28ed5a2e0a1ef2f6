package hindcast.local;

import hindcast.connectors.logs.LogFormat;
import hindcast.connectors.logs.LogScan;
import hindcast.feedback.RewardRange;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.feedback.FeedbackTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Historical logs as a user names them. */
public final class LogFiles {

  private LogFiles() {}

  /**
   * The format called {@code name}, for rewards in [0, 1].
   *
   * @throws LocalStartException if there is none
   */
  public static LogFormat format(String name) {
    return format(name, RewardRange.UNIT);
  }

  /**
   * The format called {@code name}.
   *
   * @param config says which rewards a line may have
   * @throws LocalStartException if there is none
   */
  public static LogFormat format(String name, PipelineConfig config) {
    return format(name, FeedbackTopology.rewardRange(config));
  }

  private static LogFormat format(String name, RewardRange range) {
    try {
      return LogFormat.of(name, range);
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
    return scan(format, file, entries -> {});
  }

  /**
   * Reads the whole log once.
   *
   * @param progress is told the number of entries so far
   * @throws LocalStartException if it cannot be read or is of another format
   */
  public static LogScan scan(LogFormat format, Path file, LongConsumer progress) {
    requireReadable("--log", file);
    try {
      return LogScan.of(format, file, progress);
    } catch (IOException e) {
      throw new LocalStartException("the log cannot be read: " + e.getMessage(), e);
    }
  }

  /** Refuses a file that is not there. */
  public static void requireReadable(String option, Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new LocalStartException(option + " file cannot be read: " + file);
    }
  }
}
