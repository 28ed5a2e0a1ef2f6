package hindcast.local.validate;

import hindcast.connectors.logs.LogEntry;
import hindcast.connectors.logs.LogFormat;
import hindcast.connectors.logs.LogScan;
import hindcast.local.LocalStartException;
import hindcast.local.LogInputs;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A log that can be read twice.
 *
 * <p>Errors: {@link LocalStartException} where it cannot be read.
 */
public interface EntrySource {
  /** What it is called. */
  String name();

  /** Its format. */
  String format();

  /**
   * What one pass tells.
   *
   * @param progress is told the number of entries so far
   */
  LogScan scan(LongConsumer progress);

  /** Hands out every entry. */
  void read(Consumer<LogEntry> entries);

  /** Files. */
  static EntrySource of(LogFormat format, LogInputs files) {
    return new FileEntries(format, files);
  }
}
