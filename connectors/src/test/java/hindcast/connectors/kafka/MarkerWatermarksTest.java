package hindcast.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.InputStream;
import hindcast.avro.Reward;
import hindcast.avro.TimeMarker;
import hindcast.connectors.avro.Samples;
import hindcast.connectors.avro.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class MarkerWatermarksTest implements WatermarkOutput, WatermarkGeneratorSupplier.Context {
  private final List<String> said = new ArrayList<>();
  private final AtomicLong nowMillis = new AtomicLong();
  private final SimpleCounter idleFallbacks = new SimpleCounter();
  private int registrations;
  private final MetricGroup metrics =
      new UnregisteredMetricsGroup() {
        @Override
        public Counter counter(String name) {
          registrations++;
          return idleFallbacks;
        }
      };
  private final InputDecoder decoder = new InputDecoder(Duration.ofMinutes(5));
  private final WireFormat wire = new WireFormat();

  @Test
  void aRecordLeavesRoomForDisorder() {
    var generator = generator(Duration.ofSeconds(5), Duration.ZERO);
    event(generator, reward(10_000_999));
    event(generator, reward(9_000_000));
    event(generator, reward(10_001_000));
    assertThat(said).containsExactly("4999", "5000");
  }

  @Test
  void aMarkerIsExactAndNothingGoesBack() {
    var generator = generator(Duration.ofSeconds(5), Duration.ZERO);
    event(generator, new TimeMarker(10_000_999L, false));
    event(generator, reward(12_000_000));
    event(generator, new TimeMarker(9_000_000L, false));
    event(generator, reward(15_001_000));
    assertThat(said).containsExactly("9999", "10000");
  }

  @Test
  void aClosingMarkerEndsThePartition() {
    var generator = generator(Duration.ZERO, Duration.ofSeconds(1));
    event(generator, new TimeMarker(1_000L, true));
    event(generator, reward(5_000_000));
    pass(generator, 10_000);
    assertThat(said).containsExactly(Long.toString(Long.MAX_VALUE));
  }

  @Test
  void poisonAndManifestsRaiseNothing() {
    var generator = generator(Duration.ZERO, Duration.ZERO);
    generator.onEvent(decoder.decode(InputStream.REWARDS, "t", 0, 0, 5, new byte[3]), 0, this);
    RawRecord future = decode(InputStream.REWARDS, reward(400_000_000), 5);
    generator.onEvent(future, 0, this);
    generator.onEvent(decode(InputStream.CATALOGUE, Samples.manifest(), 5), 0, this);
    assertThat(future.kind()).isEqualTo(RawRecord.Kind.POISON);
    assertThat(said).isEmpty();
  }

  @Test
  void aSilentPartitionIsLeftOutOnceAndComesBack() {
    var generator = generator(Duration.ZERO, Duration.ofSeconds(60));
    event(generator, reward(1_000_000));
    pass(generator, 59_999);
    assertThat(said).containsExactly("999");
    pass(generator, 60_000);
    pass(generator, 90_000);
    event(generator, reward(1_000_000));
    pass(generator, 140_000);
    assertThat(said).containsExactly("999", "idle", "active");
    assertThat(idleFallbacks.getCount()).isEqualTo(1);
  }

  @Test
  void aQuietPartitionThatIsReadToItsEndGoesOnWithTheWallClock() {
    var generator = live(Duration.ofSeconds(5), Duration.ofSeconds(60));
    nowMillis.set(100_000);
    generator.onEvent(decode(InputStream.REWARDS, reward(99_000_000), 99_500), 0, this);
    pass(generator, 159_999);
    assertThat(said).containsExactly("93999");
    pass(generator, 160_000);
    pass(generator, 170_000);
    assertThat(said).containsExactly("93999", "94999", "104999");
    assertThat(idleFallbacks.getCount()).isEqualTo(1);

    generator.onEvent(decode(InputStream.REWARDS, reward(171_000_000), 171_000), 0, this);
    assertThat(said).containsExactly("93999", "94999", "104999", "165999");
  }

  @Test
  void aBacklogThatStallsIsLeftOutAndKeepsItsTime() {
    var generator = live(Duration.ofSeconds(5), Duration.ofSeconds(60));
    nowMillis.set(10_000_000);
    generator.onEvent(decode(InputStream.REWARDS, reward(99_000_000), 99_500), 0, this);
    pass(generator, 10_060_000);
    assertThat(said).containsExactly("93999", "idle");
  }

  @Test
  void thePartitionsOfASubtaskShareOneCounter() {
    var strategy = new MarkerWatermarks(Duration.ZERO, Duration.ofSeconds(60));
    var one = strategy.createWatermarkGenerator(this);
    var other = strategy.createWatermarkGenerator(this);
    pass(one, 60_000);
    pass(other, 60_000);
    assertThat(registrations).isEqualTo(1);
    assertThat(idleFallbacks.getCount()).isEqualTo(2);
  }

  @Test
  void poisonDoesNotKeepAPartitionAlive() {
    var generator = generator(Duration.ZERO, Duration.ofSeconds(60));
    nowMillis.set(50_000);
    generator.onEvent(decoder.decode(InputStream.REWARDS, "t", 0, 0, 5, new byte[3]), 0, this);
    pass(generator, 60_000);
    assertThat(said).containsExactly("idle");
  }

  @Test
  void withoutTimeoutSilenceIsWaitedFor() {
    var generator = generator(Duration.ZERO, Duration.ZERO);
    pass(generator, Integer.MAX_VALUE);
    assertThat(said).isEmpty();
  }

  @Test
  void timestampsAreFlooredMilliseconds() {
    var assigner = new MarkerWatermarks(Duration.ZERO, Duration.ZERO).createTimestampAssigner(null);
    RawRecord data = decode(InputStream.REWARDS, reward(1_999), 5);
    RawRecord poison = decoder.decode(InputStream.REWARDS, "t", 0, 0, 5, null);
    assertThat(assigner.extractTimestamp(data, 77)).isEqualTo(1);
    assertThat(assigner.extractTimestamp(poison, 77)).isEqualTo(TimestampAssigner.NO_TIMESTAMP);
  }

  private WatermarkGenerator<RawRecord> generator(Duration disorder, Duration idleTimeout) {
    return new MarkerWatermarks(disorder, idleTimeout).createWatermarkGenerator(this);
  }

  private WatermarkGenerator<RawRecord> live(Duration disorder, Duration idleTimeout) {
    return new MarkerWatermarks(disorder, idleTimeout, nowMillis::get)
        .createWatermarkGenerator(this);
  }

  private void event(WatermarkGenerator<RawRecord> generator, SpecificRecord record) {
    generator.onEvent(decode(InputStream.REWARDS, record, RawRecord.NO_APPEND_TIME), 0, this);
  }

  private void pass(WatermarkGenerator<RawRecord> generator, long millis) {
    nowMillis.set(millis);
    generator.onPeriodicEmit(this);
  }

  private RawRecord decode(InputStream stream, SpecificRecord record, long appendTimeMillis) {
    return decoder.decode(stream, "topic", 0, 7, appendTimeMillis, wire.encode(record));
  }

  private static Reward reward(long micros) {
    return new Reward("i", "r", micros, 1.0, "");
  }

  @Override
  public void emitWatermark(Watermark watermark) {
    said.add(Long.toString(watermark.getTimestamp()));
  }

  @Override
  public void markIdle() {
    said.add("idle");
  }

  @Override
  public void markActive() {
    said.add("active");
  }

  @Override
  public MetricGroup getMetricGroup() {
    return metrics;
  }

  @Override
  public RelativeClock getInputActivityClock() {
    return new RelativeClock() {
      @Override
      public long relativeTimeMillis() {
        return nowMillis.get();
      }

      @Override
      public long relativeTimeNanos() {
        return nowMillis.get() * 1_000_000;
      }
    };
  }
}
