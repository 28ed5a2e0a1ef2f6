package hindcast.connectors.kafka;

import hindcast.avro.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * Reads partitions, keeps the event time of each with its split, and repeats it as a time marker
 * before anything else of a restored split.
 */
@SuppressWarnings("try") // closing throws what the reader inside throws
final class TimedReader implements SourceReader<RawRecord, KafkaPartitionSplit> {
  private final SourceReader<RawRecord, KafkaPartitionSplit> reader;
  private final InputStream stream;
  private final long maxOutOfOrdernessMillis;
  private final Map<String, Long> watermarks = new HashMap<>();
  private final List<KafkaPartitionSplit> restored = new ArrayList<>();
  private TimedOutput output;

  TimedReader(
      SourceReader<RawRecord, KafkaPartitionSplit> reader,
      InputStream stream,
      Duration maxOutOfOrderness) {
    this.reader = reader;
    this.stream = stream;
    this.maxOutOfOrdernessMillis = MarkerWatermarks.wholeMillis(maxOutOfOrderness);
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    for (KafkaPartitionSplit split : splits) {
      if (TimedSplit.watermark(split) > Long.MIN_VALUE) {
        watermarks.put(split.splitId(), TimedSplit.watermark(split));
        restored.add(split);
      }
    }
    reader.addSplits(splits);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<RawRecord> main) throws Exception {
    if (output == null || output.main != main) {
      output = new TimedOutput(main);
    }
    for (KafkaPartitionSplit split : restored) {
      RawRecord marker = marker(split);
      main.createOutputForSplit(split.splitId())
          .collect(marker, Math.floorDiv(marker.eventTimeMicros(), 1000L));
    }
    restored.clear();
    return reader.pollNext(output);
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    List<KafkaPartitionSplit> splits = new ArrayList<>();
    for (KafkaPartitionSplit split : reader.snapshotState(checkpointId)) {
      Long watermark = watermarks.get(split.splitId());
      splits.add(watermark == null ? split : new TimedSplit(split, watermark));
    }
    return splits;
  }

  private RawRecord marker(KafkaPartitionSplit split) {
    return RawRecord.repeated(
        stream,
        split.getTopic(),
        split.getPartition(),
        split.getStartingOffset(),
        TimedSplit.watermark(split));
  }

  private void follow(String splitId, RawRecord record) {
    long promised = MarkerWatermarks.promised(record, maxOutOfOrdernessMillis);
    if (promised > Long.MIN_VALUE) {
      watermarks.merge(splitId, promised, Math::max);
    }
  }

  @Override
  public void start() {
    reader.start();
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return restored.isEmpty() ? reader.isAvailable() : CompletableFuture.completedFuture(null);
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    reader.handleSourceEvents(event);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    reader.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    reader.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void close() throws Exception {
    reader.close();
  }

  /** Follows the event time of what the partitions emit. */
  private final class TimedOutput implements ReaderOutput<RawRecord> {
    private final ReaderOutput<RawRecord> main;

    TimedOutput(ReaderOutput<RawRecord> main) {
      this.main = main;
    }

    @Override
    public SourceOutput<RawRecord> createOutputForSplit(String splitId) {
      return new TimedSplitOutput(splitId, main.createOutputForSplit(splitId));
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
      watermarks.remove(splitId);
      main.releaseOutputForSplit(splitId);
    }

    @Override
    public void collect(RawRecord record) {
      main.collect(record);
    }

    @Override
    public void collect(RawRecord record, long timestamp) {
      main.collect(record, timestamp);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      main.emitWatermark(watermark);
    }

    @Override
    public void markIdle() {
      main.markIdle();
    }

    @Override
    public void markActive() {
      main.markActive();
    }
  }

  /** Follows the event time of what one partition emits. */
  private final class TimedSplitOutput implements SourceOutput<RawRecord> {
    private final String splitId;
    private final SourceOutput<RawRecord> split;

    TimedSplitOutput(String splitId, SourceOutput<RawRecord> split) {
      this.splitId = splitId;
      this.split = split;
    }

    @Override
    public void collect(RawRecord record) {
      follow(splitId, record);
      split.collect(record);
    }

    @Override
    public void collect(RawRecord record, long timestamp) {
      follow(splitId, record);
      split.collect(record, timestamp);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      split.emitWatermark(watermark);
    }

    @Override
    public void markIdle() {
      split.markIdle();
    }

    @Override
    public void markActive() {
      split.markActive();
    }
  }
}
