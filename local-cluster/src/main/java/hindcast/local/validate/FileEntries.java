package hindcast.local.validate;

import hindcast.connectors.logs.LogEntry;
import hindcast.connectors.logs.LogFormat;
import hindcast.connectors.logs.LogReader;
import hindcast.connectors.logs.LogScan;
import hindcast.local.LocalStartException;
import hindcast.local.LogFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** The lines of a file. */
record FileEntries(LogFormat logFormat, Path file) implements EntrySource {
  @Override
  public String name() {
    return file.getFileName().toString();
  }

  @Override
  public String format() {
    return logFormat.name();
  }

  @Override
  public LogScan scan(LongConsumer progress) {
    LogFiles.requireReadable("LOG", file);
    return LogFiles.scan(logFormat, file, progress);
  }

  @Override
  public void read(Consumer<LogEntry> entries) {
    try (LogReader reader = LogReader.open(logFormat, file)) {
      for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
        entries.accept(entry);
      }
    } catch (IOException e) {
      throw new LocalStartException("the log cannot be read: " + e.getMessage(), e);
    }
  }
}
