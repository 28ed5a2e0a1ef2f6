package hindcast.connectors.logs;

import hindcast.avro.InputStream;
import hindcast.avro.Reward;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.RawRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;

/**
 * Reads the split of a log in the task's thread, one line a call. All records of a line are emitted
 * together, so a position between lines is the whole state.
 */
final class LogSourceReader implements SourceReader<RawRecord, LogSplit> {
  private final SourceReaderContext context;
  private final LogFormat format;
  private final Path file;
  private final WireFormat wire = new WireFormat();
  private final Counter entries;
  private final LogProgress progress;
  private final CompletableFuture<Void> available = new CompletableFuture<>();
  private LogReader log;
  private boolean noMoreSplits;

  LogSourceReader(SourceReaderContext context, LogFormat format, Path file) {
    this.context = context;
    this.format = format;
    this.file = file;
    this.entries = context.metricGroup().counter("logEntries");
    this.progress = LogProgress.of(file);
  }

  @Override
  public void start() {
    if (log == null) {
      context.sendSplitRequest();
    }
  }

  @Override
  public InputStatus pollNext(ReaderOutput<RawRecord> output) throws IOException {
    if (log == null) {
      return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
    }
    LogEntry entry = log.next();
    if (entry == null) {
      close();
      noMoreSplits = true;
      return InputStatus.END_OF_INPUT;
    }
    emit(entry, output);
    entries.inc();
    progress.reached(entry.line());
    return InputStatus.MORE_AVAILABLE;
  }

  private void emit(LogEntry entry, ReaderOutput<RawRecord> output) {
    if (entry.isRejected()) {
      output.collect(
          RawRecord.poison(
              InputStream.IMPRESSIONS,
              file.toString(),
              0,
              entry.line(),
              RawRecord.NO_APPEND_TIME,
              entry.raw(),
              entry.reject()));
      return;
    }
    output.collect(record(InputStream.IMPRESSIONS, entry.line(), entry.impression()));
    for (Reward reward : entry.rewards()) {
      output.collect(record(InputStream.REWARDS, entry.line(), reward));
    }
  }

  private RawRecord record(InputStream stream, long line, SpecificRecord record) {
    return RawRecord.of(
        stream, file.toString(), 0, line, RawRecord.NO_APPEND_TIME, wire.encode(record), record);
  }

  @Override
  public List<LogSplit> snapshotState(long checkpointId) {
    return log == null ? List.of() : List.of(new LogSplit(log.position()));
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return available;
  }

  @Override
  public void addSplits(List<LogSplit> splits) {
    try {
      log = LogReader.open(format, file);
      log.seek(splits.get(0).position());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    available.complete(null);
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreSplits = true;
    available.complete(null);
  }

  @Override
  public void close() throws IOException {
    if (log != null) {
      log.close();
      log = null;
    }
  }
}
