package hindcast.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class ControlWatermarksTest {
  private final ManualClock clock = new ManualClock();
  private final ControlWatermarks strategy = new ControlWatermarks();
  private final Context context = new Context(clock, new UnregisteredMetricsGroup());
  private final Emitted emitted = new Emitted();

  @Test
  void aSourceWithoutCommandsHoldsTimeBackForASecond() {
    WatermarkGenerator<RawRecord> source = strategy.createWatermarkGenerator(context);
    source.onPeriodicEmit(emitted);
    assertThat(emitted.watermarks).isEmpty();
    clock.advanceTime(Duration.ofSeconds(1));
    source.onPeriodicEmit(emitted);
    source.onPeriodicEmit(emitted);
    assertThat(emitted.watermarks).containsExactly(Long.MAX_VALUE);
  }

  @Test
  void commandsOfThePartitionKeepTheSourceWaiting() {
    WatermarkGenerator<RawRecord> source = strategy.createWatermarkGenerator(context);
    WatermarkGenerator<RawRecord> partition = strategy.createWatermarkGenerator(context);
    clock.advanceTime(Duration.ofMillis(900));
    partition.onEvent(RawRecord.repeated(InputStream.POLICY_CONTROL, "c", 0, 0, 7), 0, emitted);
    clock.advanceTime(Duration.ofMillis(900));
    source.onPeriodicEmit(emitted);
    partition.onPeriodicEmit(emitted);
    assertThat(emitted.watermarks).isEmpty();
    clock.advanceTime(Duration.ofMillis(100));
    source.onPeriodicEmit(emitted);
    assertThat(emitted.watermarks).containsExactly(Long.MAX_VALUE);
  }

  private record Context(RelativeClock clock, MetricGroup group)
      implements WatermarkGeneratorSupplier.Context {
    @Override
    public MetricGroup getMetricGroup() {
      return group;
    }

    @Override
    public RelativeClock getInputActivityClock() {
      return clock;
    }
  }

  private static final class Emitted implements WatermarkOutput {
    final List<Long> watermarks = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark watermark) {
      watermarks.add(watermark.getTimestamp());
    }

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}
  }
}
