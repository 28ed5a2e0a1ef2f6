package hindcast.connectors.kafka;

import hindcast.avro.InputStream;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Event time of one partition, from its records and its time markers. With {@code ms = floor(us /
 * 1000)}, the watermark never goes back and is raised
 *
 * <ul>
 *   <li>by an impression or a reward to {@code max ms so far - max out-of-orderness - 1};
 *   <li>by a time marker to {@code ms - 1}: exactly what it promises;
 *   <li>by a closing marker to {@link Long#MAX_VALUE};
 *   <li>never by poison, nor by a manifest or a command, whose time says from when it holds.
 * </ul>
 *
 * <p>With an idle timeout above 0, a partition that gave none of the above for that long is left
 * out of the minimum until it speaks again. The timeout runs in processing time and stands still
 * while the source waits for the operators behind it. Each firing is counted in metric {@code
 * idleFallbacks}; results are reproducible only if it is 0.
 */
public final class MarkerWatermarks implements WatermarkStrategy<RawRecord> {
  /** Name of the counter of partitions that were declared idle. */
  public static final String IDLE_FALLBACKS = "idleFallbacks";

  private static final long serialVersionUID = 1L;

  private final long maxOutOfOrdernessMillis;
  private final long idleTimeoutNanos;

  /**
   * @param maxOutOfOrderness how far a record may be behind an earlier one; rounded up to a
   *     millisecond
   * @param idleTimeout how long a silent partition is waited for; 0 for ever
   */
  public MarkerWatermarks(Duration maxOutOfOrderness, Duration idleTimeout) {
    if (maxOutOfOrderness.isNegative() || idleTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "max out-of-orderness and idle timeout must be at least 0: "
              + maxOutOfOrderness
              + ", "
              + idleTimeout);
    }
    this.maxOutOfOrdernessMillis = maxOutOfOrderness.plusNanos(999_999).toMillis();
    this.idleTimeoutNanos = idleTimeout.toNanos();
  }

  @Override
  public TimestampAssigner<RawRecord> createTimestampAssigner(
      TimestampAssignerSupplier.Context context) {
    return (record, ignored) ->
        record.kind() == RawRecord.Kind.POISON
            ? TimestampAssigner.NO_TIMESTAMP
            : millis(record.eventTimeMicros());
  }

  @Override
  public WatermarkGenerator<RawRecord> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new Generator(
        maxOutOfOrdernessMillis,
        idleTimeoutNanos,
        context.getInputActivityClock(),
        context.getMetricGroup().counter(IDLE_FALLBACKS));
  }

  private static long millis(long micros) {
    return Math.floorDiv(micros, 1000L);
  }

  private static final class Generator implements WatermarkGenerator<RawRecord> {
    private final long maxOutOfOrdernessMillis;
    private final long idleTimeoutNanos;
    private final RelativeClock clock;
    private final Counter idleFallbacks;
    private long watermark = Long.MIN_VALUE;
    private long lastActivityNanos;
    private boolean idle;

    Generator(
        long maxOutOfOrdernessMillis,
        long idleTimeoutNanos,
        RelativeClock clock,
        Counter idleFallbacks) {
      this.maxOutOfOrdernessMillis = maxOutOfOrdernessMillis;
      this.idleTimeoutNanos = idleTimeoutNanos;
      this.clock = clock;
      this.idleFallbacks = idleFallbacks;
      this.lastActivityNanos = clock.relativeTimeNanos();
    }

    @Override
    public void onEvent(RawRecord record, long timestamp, WatermarkOutput output) {
      switch (record.kind()) {
        case DATA -> {
          if (isTimed(record.stream())) {
            activity(output);
            long lag = maxOutOfOrdernessMillis + 1;
            raise(Math.max(millis(record.eventTimeMicros()), Long.MIN_VALUE + lag) - lag, output);
          }
        }
        case MARKER -> {
          activity(output);
          raise(millis(record.eventTimeMicros()) - 1, output);
        }
        case CLOSING -> {
          activity(output);
          raise(Long.MAX_VALUE, output);
        }
        case POISON -> {}
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      boolean due =
          idleTimeoutNanos > 0
              && !idle
              && watermark < Long.MAX_VALUE
              && clock.relativeTimeNanos() - lastActivityNanos >= idleTimeoutNanos;
      if (due) {
        idle = true;
        idleFallbacks.inc();
        output.markIdle();
      }
    }

    private void activity(WatermarkOutput output) {
      if (idleTimeoutNanos > 0) {
        lastActivityNanos = clock.relativeTimeNanos();
      }
      if (idle) {
        idle = false;
        output.markActive();
      }
    }

    private void raise(long candidate, WatermarkOutput output) {
      if (candidate > watermark) {
        watermark = candidate;
        output.emitWatermark(new Watermark(watermark));
      }
    }

    private static boolean isTimed(InputStream stream) {
      return stream == InputStream.IMPRESSIONS || stream == InputStream.REWARDS;
    }
  }
}
