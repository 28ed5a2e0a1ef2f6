package hindcast.connectors.logs;

import hindcast.avro.InputStream;
import hindcast.avro.Reward;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.RawRecord;
import java.io.IOException;
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
 * together, so positions between lines are the whole state, with the largest event time before
 * them: a refused line, which has no time of its own, stands at it.
 */
final class LogSourceReader implements SourceReader<RawRecord, LogSplit> {
  private final SourceReaderContext context;
  private final LogFormat format;
  private final List<LogPiece> pieces;
  private final WireFormat wire = new WireFormat();
  private final Counter entries;
  private final LogProgress progress;
  private final CompletableFuture<Void> available = new CompletableFuture<>();
  private LogMerge log;
  private long latestMicros;
  private boolean noMoreSplits;

  LogSourceReader(SourceReaderContext context, LogFormat format, List<LogPiece> pieces) {
    this.context = context;
    this.format = format;
    this.pieces = pieces;
    this.entries = context.metricGroup().counter("logEntries");
    this.progress = LogProgress.of(pieces);
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
    List<LogEntry> record = log.next();
    if (record == null) {
      close();
      noMoreSplits = true;
      return InputStatus.END_OF_INPUT;
    }
    for (LogEntry entry : record) {
      emit(log.piece(), entry, output);
      entries.inc();
    }
    progress.reached(log.lines());
    return InputStatus.MORE_AVAILABLE;
  }

  private void emit(LogPiece piece, LogEntry entry, ReaderOutput<RawRecord> output) {
    if (entry.isRejected()) {
      output.collect(
          RawRecord.poison(
              piece.rewards() ? InputStream.REWARDS : InputStream.IMPRESSIONS,
              piece.file(),
              0,
              entry.line(),
              RawRecord.NO_APPEND_TIME,
              entry.raw(),
              entry.reject(),
              latestMicros));
      return;
    }
    if (entry.impression() != null) {
      latestMicros = Math.max(latestMicros, entry.impression().getEventTimeMicros());
      output.collect(record(InputStream.IMPRESSIONS, piece, entry.line(), entry.impression()));
    }
    for (Reward reward : entry.rewards()) {
      latestMicros = Math.max(latestMicros, reward.getEventTimeMicros());
      output.collect(record(InputStream.REWARDS, piece, entry.line(), reward));
    }
  }

  private RawRecord record(InputStream stream, LogPiece piece, long line, SpecificRecord record) {
    return RawRecord.of(
        stream, piece.file(), 0, line, RawRecord.NO_APPEND_TIME, wire.encode(record), record);
  }

  @Override
  public List<LogSplit> snapshotState(long checkpointId) {
    return log == null ? List.of() : List.of(new LogSplit(log.position(), latestMicros));
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return available;
  }

  @Override
  public void addSplits(List<LogSplit> splits) {
    try {
      log = new LogMerge(format, pieces);
      log.seek(splits.get(0).position());
      latestMicros = splits.get(0).latestMicros();
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
