package hindcast.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.InputStream;
import hindcast.avro.Reward;
import hindcast.avro.TimeMarker;
import hindcast.connectors.avro.WireFormat;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The event time of a partition survives a snapshot. */
class TimedReaderTest {
  private static final Duration DISORDER = Duration.ofSeconds(5);

  private final Queue<RawRecord> waiting = new ArrayDeque<>();
  private final Map<Integer, List<RawRecord>> emitted = new TreeMap<>();
  private final Collected output = new Collected();

  @Test
  void aPartitionThatHasEndedStaysEndedAndTheOtherGoesOnFromItsTime() throws Exception {
    TimedReader before = reader();
    before.addSplits(List.of(split(0, 0), split(1, 0)));
    put(0, new Reward("i", "1", 99_000_000L, 1.0, ""));
    put(0, new TimeMarker(100_000_000L, true));
    put(1, new TimeMarker(90_000_000L, false));
    put(1, new Reward("i", "2", 99_123_456L, 1.0, ""));
    put(1, new Reward("i", "3", 95_000_000L, 1.0, ""));
    poll(before, 5);
    List<KafkaPartitionSplit> saved = saved(before);
    emitted.clear();

    TimedReader after = reader();
    after.addSplits(saved);
    assertThat(after.isAvailable()).isCompleted();
    put(1, new Reward("i", "4", 93_000_000L, 1.0, ""));
    poll(after, 1);

    assertThat(emitted.get(0)).extracting(RawRecord::kind).containsExactly(RawRecord.Kind.CLOSING);
    assertThat(emitted.get(1))
        .extracting(RawRecord::kind)
        .containsExactly(RawRecord.Kind.MARKER, RawRecord.Kind.DATA);
    assertThat(promised(emitted.get(0).get(0))).isEqualTo(Long.MAX_VALUE);
    assertThat(promised(emitted.get(1).get(0))).isEqualTo(99_123 - 5_001);
    assertThat(saved(after)).isEqualTo(saved);
    poll(after, 1);
    assertThat(emitted.get(1)).hasSize(2);
  }

  @Test
  void aPartitionThatSaidNothingOfTimeIsRestoredSilently() throws Exception {
    TimedReader before = reader();
    before.addSplits(List.of(split(0, 0)));
    waiting.add(RawRecord.poison(InputStream.REWARDS, "t", 0, 1, 5, new byte[3], reject()));
    poll(before, 1);
    List<KafkaPartitionSplit> saved = saved(before);
    emitted.clear();
    TimedReader after = reader();
    after.addSplits(saved);
    poll(after, 1);
    assertThat(emitted).isEmpty();
  }

  @Test
  void splitsOfThePlainConnectorAreRead() throws Exception {
    KafkaPartitionSplitSerializer plain = new KafkaPartitionSplitSerializer();
    KafkaPartitionSplit split = split(3, 17);
    KafkaPartitionSplit read =
        new TimedSplitSerializer().deserialize(plain.getVersion(), plain.serialize(split));
    assertThat(read).isEqualTo(split);
    assertThat(TimedSplit.watermark(read)).isEqualTo(Long.MIN_VALUE);
  }

  private static hindcast.feedback.Reject reject() {
    return new hindcast.feedback.Reject(hindcast.feedback.Rejection.MALFORMED, "three bytes");
  }

  private static long promised(RawRecord record) {
    return MarkerWatermarks.promised(record, DISORDER.toMillis());
  }

  private static KafkaPartitionSplit split(int partition, long offset) {
    return new KafkaPartitionSplit(new TopicPartition("t", partition), offset);
  }

  private void put(int partition, SpecificRecord record) {
    waiting.add(
        RawRecord.of(
            InputStream.REWARDS, "t", partition, 0, 5, new WireFormat().encode(record), record));
  }

  private void poll(TimedReader reader, int times) throws Exception {
    for (int time = 0; time < times; time++) {
      reader.pollNext(output);
    }
  }

  private static List<KafkaPartitionSplit> saved(TimedReader reader) throws Exception {
    TimedSplitSerializer serializer = new TimedSplitSerializer();
    List<KafkaPartitionSplit> saved = new ArrayList<>();
    for (KafkaPartitionSplit split : reader.snapshotState(1)) {
      saved.add(serializer.deserialize(serializer.getVersion(), serializer.serialize(split)));
    }
    return saved;
  }

  private TimedReader reader() {
    return new TimedReader(new Waiting(), InputStream.REWARDS, DISORDER);
  }

  /** Emits what waits, one record a poll, each to the output of its partition. */
  private final class Waiting implements SourceReader<RawRecord, KafkaPartitionSplit> {
    private final List<KafkaPartitionSplit> splits = new ArrayList<>();

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<RawRecord> main) {
      RawRecord record = waiting.poll();
      if (record != null) {
        main.createOutputForSplit("t-" + record.partition()).collect(record, 0);
      }
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
      return splits;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return new CompletableFuture<>();
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> added) {
      splits.addAll(added);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }

  /** Collects records by partition. */
  private final class Collected implements ReaderOutput<RawRecord> {
    @Override
    public void collect(RawRecord record) {
      emitted.computeIfAbsent(record.partition(), p -> new ArrayList<>()).add(record);
    }

    @Override
    public void collect(RawRecord record, long timestamp) {
      collect(record);
    }

    @Override
    public SourceOutput<RawRecord> createOutputForSplit(String splitId) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {}

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}
  }
}
