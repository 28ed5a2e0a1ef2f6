package hindcast.connectors.logs;

import hindcast.connectors.kafka.MarkerWatermarks;
import hindcast.connectors.kafka.RawRecord;
import hindcast.connectors.kafka.RawRecordTypeInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A historical log as a bounded source of the records that would have come from Kafka: each line
 * gives its impression and then its rewards, encoded as they travel, or poison with the line's
 * bytes and the reason. All carry their stream, the name of their file as topic and the line in it
 * as offset; filter by {@link RawRecord#stream()} to part impressions from rewards.
 *
 * <p>One subtask reads all files, merged by {@link LogMerge}; any others finish at once. Its
 * position in all of them is part of every checkpoint, so a restored job goes on with the next
 * line. A refused line stands at the latest event time before it, or at the first one: what counts
 * by time counts it the same in every replay. With {@link #watermarks} nothing is late. Progress is
 * told by {@link LogProgress} and by counter {@code logEntries}.
 */
public final class LogSource
    implements Source<RawRecord, LogSplit, Optional<LogSplit>>, ResultTypeQueryable<RawRecord> {
  private static final long serialVersionUID = 1L;

  private final LogFormat format;
  private final LogPiece[] pieces;

  /** The log in files every task manager can read, as a scan has them. */
  public LogSource(LogFormat format, List<LogPiece> pieces) {
    this.format = format;
    this.pieces = pieces.toArray(LogPiece[]::new);
  }

  /** Watermarks under which no line of the scanned log is late. */
  public static MarkerWatermarks watermarks(LogScan scan) {
    return new MarkerWatermarks(scan.disorder(), Duration.ZERO);
  }

  /** The whole log. */
  private LogSplit beginning() {
    long first =
        Stream.of(pieces)
            .filter(piece -> !piece.rewards())
            .mapToLong(LogPiece::firstMicros)
            .filter(time -> time != LogPiece.NO_TIME)
            .min()
            .orElse(0);
    return new LogSplit(LogPosition.START, first);
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<RawRecord, LogSplit> createReader(SourceReaderContext context) {
    return new LogSourceReader(context, format, List.of(pieces));
  }

  @Override
  public SplitEnumerator<LogSplit, Optional<LogSplit>> createEnumerator(
      SplitEnumeratorContext<LogSplit> context) {
    return new LogEnumerator(context, Optional.of(beginning()));
  }

  @Override
  public SplitEnumerator<LogSplit, Optional<LogSplit>> restoreEnumerator(
      SplitEnumeratorContext<LogSplit> context, Optional<LogSplit> unassigned) {
    return new LogEnumerator(context, unassigned);
  }

  @Override
  public SimpleVersionedSerializer<LogSplit> getSplitSerializer() {
    return new LogSplit.Serializer();
  }

  @Override
  public SimpleVersionedSerializer<Optional<LogSplit>> getEnumeratorCheckpointSerializer() {
    return new UnassignedSerializer();
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return new RawRecordTypeInfo();
  }

  /** No bytes for nothing, else the split's. */
  private static final class UnassignedSerializer
      implements SimpleVersionedSerializer<Optional<LogSplit>> {
    private final LogSplit.Serializer splits = new LogSplit.Serializer();

    @Override
    public int getVersion() {
      return splits.getVersion();
    }

    @Override
    public byte[] serialize(Optional<LogSplit> unassigned) throws IOException {
      return unassigned.isPresent() ? splits.serialize(unassigned.get()) : new byte[0];
    }

    @Override
    public Optional<LogSplit> deserialize(int version, byte[] serialized) throws IOException {
      return serialized.length == 0
          ? Optional.empty()
          : Optional.of(splits.deserialize(version, serialized));
    }
  }
}
