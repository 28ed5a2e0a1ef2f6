package hindcast.local;

import hindcast.connectors.logs.LogFormat;
import hindcast.connectors.logs.LogPiece;
import hindcast.connectors.logs.LogScan;
import hindcast.connectors.logs.MappingException;
import hindcast.feedback.RewardRange;
import hindcast.jobs.config.ConfigException;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.feedback.FeedbackTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;

/** Historical logs as a user names them. */
public final class LogFiles {

  private static final int MOST_UNORDERED_LINES = 1_000_000;

  private LogFiles() {}

  /**
   * The format called {@code name}, for rewards in [0, 1].
   *
   * @param mapping the mapping file of csv and jsonl; null for none
   * @throws LocalStartException if there is none
   * @throws ConfigException if the mapping is refused, with every problem
   */
  public static LogFormat format(String name, Path mapping) {
    return format(name, mapping, RewardRange.UNIT);
  }

  /**
   * The format called {@code name}.
   *
   * @param mapping the mapping file of csv and jsonl; null for none
   * @param config says which rewards a line may have
   * @throws LocalStartException if there is none
   * @throws ConfigException if the mapping is refused, with every problem
   */
  public static LogFormat format(String name, Path mapping, PipelineConfig config) {
    return format(name, mapping, FeedbackTopology.rewardRange(config));
  }

  private static LogFormat format(String name, Path mapping, RewardRange range) {
    LogFormat.MappingText text = null;
    if (mapping != null) {
      requireReadable("--mapping", mapping);
      try {
        text = new LogFormat.MappingText(mapping.toString(), Files.readString(mapping));
      } catch (IOException e) {
        throw new LocalStartException("--mapping file is no text: " + mapping, e);
      }
    }
    try {
      return LogFormat.of(name, range, text);
    } catch (MappingException e) {
      throw new ConfigException(e.problems());
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

  /**
   * Reads all files of a log once.
   *
   * @param window rewards are waited for so long
   * @throws LocalStartException if one cannot be read or is of another format, or if a large log is
   *     so far out of order that it would have to be held in memory
   */
  public static LogScan scan(
      LogFormat format,
      List<Path> files,
      List<Path> rewards,
      Duration window,
      LongConsumer progress) {
    LogScan scan = scan(format, files, rewards, progress);
    requireOrder(scan, window);
    return scan;
  }

  /**
   * Reads all files of a log once, in whatever order they are.
   *
   * @throws LocalStartException if one cannot be read or is of another format
   */
  public static LogScan scan(
      LogFormat format, List<Path> files, List<Path> rewards, LongConsumer progress) {
    try {
      return LogScan.of(format, files, rewards, progress);
    } catch (IOException e) {
      throw new LocalStartException("the log cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new LocalStartException("--rewards: " + e.getMessage(), e);
    }
  }

  /** What waits for its rewards is held anyway; more of it than that only in a small log. */
  private static void requireOrder(LogScan scan, Duration window) {
    if (scan.lines() <= MOST_UNORDERED_LINES || scan.disorder().compareTo(window) <= 0) {
      return;
    }
    LogPiece worst =
        scan.pieces().stream()
            .max(Comparator.comparingLong(LogPiece::disorderMicros))
            .orElseThrow();
    throw new LocalStartException(
        "%s is out of order: a line is %s behind an earlier one. Of a log of more than %,d lines (this has %,d) none may be further behind than reward.window, %s: sort the file by time"
            .formatted(worst.file(), scan.disorder(), MOST_UNORDERED_LINES, scan.lines(), window));
  }

  /** Refuses a file that is not there. */
  public static void requireReadable(String option, Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new LocalStartException(option + " file cannot be read: " + file);
    }
  }
}
