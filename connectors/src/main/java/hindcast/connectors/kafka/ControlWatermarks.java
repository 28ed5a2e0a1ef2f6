package hindcast.connectors.kafka;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Event time of the commands: they promise nothing about time, and are rare. The source holds event
 * time back only until it has been quiet for a moment after a start, so that commands that lie in
 * the topic already are known before the windows they hold for are handled; from then on never
 * again. Time markers are not needed and not looked at.
 */
public final class ControlWatermarks implements WatermarkStrategy<RawRecord> {
  private static final long serialVersionUID = 1L;
  private static final Duration QUIET = Duration.ofSeconds(1);

  @Override
  public TimestampAssigner<RawRecord> createTimestampAssigner(
      TimestampAssignerSupplier.Context context) {
    return (record, ignored) ->
        record.kind() == RawRecord.Kind.POISON
            ? TimestampAssigner.NO_TIMESTAMP
            : Math.floorDiv(record.eventTimeMicros(), 1000L);
  }

  @Override
  public WatermarkGenerator<RawRecord> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new UntilQuiet(context.getInputActivityClock());
  }

  private static final class UntilQuiet implements WatermarkGenerator<RawRecord> {
    private final RelativeClock clock;
    private long lastActivityNanos;
    private boolean released;

    UntilQuiet(RelativeClock clock) {
      this.clock = clock;
      this.lastActivityNanos = clock.relativeTimeNanos();
    }

    @Override
    public void onEvent(RawRecord record, long timestamp, WatermarkOutput output) {
      lastActivityNanos = clock.relativeTimeNanos();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      if (!released && clock.relativeTimeNanos() - lastActivityNanos >= QUIET.toNanos()) {
        released = true;
        output.emitWatermark(Watermark.MAX_WATERMARK);
      }
    }
  }
}
