package hindcast.local.validate;

import hindcast.connectors.logs.LogEntry;
import hindcast.connectors.logs.LogFormat;
import hindcast.connectors.logs.LogMerge;
import hindcast.connectors.logs.LogScan;
import hindcast.local.LocalStartException;
import hindcast.local.LogFiles;
import hindcast.local.LogInputs;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** The records of files, each at its number in the whole log. */
final class FileEntries implements EntrySource {
  private final LogFormat logFormat;
  private final LogInputs files;
  private LogScan scan;

  FileEntries(LogFormat logFormat, LogInputs files) {
    this.logFormat = logFormat;
    this.files = files;
  }

  @Override
  public String name() {
    return files.title();
  }

  @Override
  public String format() {
    return logFormat.name();
  }

  @Override
  public LogScan scan(LongConsumer progress) {
    scan = LogFiles.scan(logFormat, files.files(), List.of(), progress);
    return scan;
  }

  @Override
  public void read(Consumer<LogEntry> entries) {
    try (LogMerge log = new LogMerge(logFormat, scan.pieces())) {
      for (List<LogEntry> record = log.next(); record != null; record = log.next()) {
        for (LogEntry entry : record) {
          entries.accept(entry.at(log.piece().numbersBefore() + entry.line()));
        }
      }
    } catch (IOException e) {
      throw new LocalStartException("the log cannot be read: " + e.getMessage(), e);
    }
  }
}
