package hindcast.connectors.kafka;

import hindcast.avro.InputStream;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
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
 * <p>With an idle timeout above 0 there is a fallback for producers that write no markers, once a
 * partition has given none of the above for that long. The timeout runs in processing time and
 * stands still while the source waits for the operators behind it.
 *
 * <ul>
 *   <li>If the last impression or reward was read less than the timeout after the broker stored it,
 *       the partition is read to its end and quiet: its event time goes on with the wall clock, the
 *       timeout and the out-of-orderness behind it, so that the last windows close though nothing
 *       follows.
 *   <li>Otherwise it may be a backlog that stalled: the partition is left out of the minimum until
 *       it speaks again, and its event time stands still.
 * </ul>
 *
 * <p>Each firing is counted in metric {@code idleFallbacks}; results are reproducible only if it is
 * 0.
 */
public final class MarkerWatermarks implements WatermarkStrategy<RawRecord> {
  /** Name of the counter of partitions that were declared idle. */
  public static final String IDLE_FALLBACKS = "idleFallbacks";

  private static final long serialVersionUID = 1L;

  private final long maxOutOfOrdernessMillis;
  private final long idleTimeoutNanos;
  private final WallClock wallClock;
  private transient MetricGroup countingGroup;
  private transient Counter idleFallbacks;

  /** The time of day, milliseconds since 1970. */
  interface WallClock extends Serializable {
    long millis();
  }

  /**
   * @param maxOutOfOrderness how far a record may be behind an earlier one; rounded up to a
   *     millisecond
   * @param idleTimeout how long a silent partition is waited for; 0 for ever
   */
  public MarkerWatermarks(Duration maxOutOfOrderness, Duration idleTimeout) {
    this(maxOutOfOrderness, idleTimeout, System::currentTimeMillis);
  }

  MarkerWatermarks(Duration maxOutOfOrderness, Duration idleTimeout, WallClock wallClock) {
    if (maxOutOfOrderness.isNegative() || idleTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "max out-of-orderness and idle timeout must be at least 0: "
              + maxOutOfOrderness
              + ", "
              + idleTimeout);
    }
    this.maxOutOfOrdernessMillis = wholeMillis(maxOutOfOrderness);
    this.idleTimeoutNanos = idleTimeout.toNanos();
    this.wallClock = wallClock;
  }

  @Override
  public TimestampAssigner<RawRecord> createTimestampAssigner(
      TimestampAssignerSupplier.Context context) {
    return (record, ignored) ->
        record.eventTimeMicros() == RawRecord.NO_EVENT_TIME
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
        wallClock,
        idleFallbacks(context.getMetricGroup()));
  }

  /** One counter a subtask: its partitions share a metric group, which keeps one of a name. */
  private Counter idleFallbacks(MetricGroup group) {
    if (countingGroup != group) {
      countingGroup = group;
      idleFallbacks = group.counter(IDLE_FALLBACKS);
    }
    return idleFallbacks;
  }

  /** Rounded up to a millisecond. */
  static long wholeMillis(Duration duration) {
    return duration.plusNanos(999_999).toMillis();
  }

  /**
   * The watermark a record raises its partition to; {@link Long#MIN_VALUE} where it raises none.
   */
  static long promised(RawRecord record, long maxOutOfOrdernessMillis) {
    return switch (record.kind()) {
      case DATA -> {
        long lag = maxOutOfOrdernessMillis + 1;
        yield isTimed(record.stream())
            ? Math.max(millis(record.eventTimeMicros()), Long.MIN_VALUE + lag) - lag
            : Long.MIN_VALUE;
      }
      case MARKER -> millis(record.eventTimeMicros()) - 1;
      case CLOSING -> Long.MAX_VALUE;
      case POISON -> Long.MIN_VALUE;
    };
  }

  private static boolean isTimed(InputStream stream) {
    return stream == InputStream.IMPRESSIONS || stream == InputStream.REWARDS;
  }

  private static long millis(long micros) {
    return Math.floorDiv(micros, 1000L);
  }

  private static final class Generator implements WatermarkGenerator<RawRecord> {
    private final long maxOutOfOrdernessMillis;
    private final long idleTimeoutNanos;
    private final RelativeClock clock;
    private final WallClock wallClock;
    private final Counter idleFallbacks;
    private long watermark = Long.MIN_VALUE;
    private long lastActivityNanos;
    private boolean silent;
    private boolean markedIdle;
    private boolean readToItsEnd;

    Generator(
        long maxOutOfOrdernessMillis,
        long idleTimeoutNanos,
        RelativeClock clock,
        WallClock wallClock,
        Counter idleFallbacks) {
      this.maxOutOfOrdernessMillis = maxOutOfOrdernessMillis;
      this.idleTimeoutNanos = idleTimeoutNanos;
      this.clock = clock;
      this.wallClock = wallClock;
      this.idleFallbacks = idleFallbacks;
      this.lastActivityNanos = clock.relativeTimeNanos();
    }

    @Override
    public void onEvent(RawRecord record, long timestamp, WatermarkOutput output) {
      boolean data = record.kind() == RawRecord.Kind.DATA;
      if (record.kind() == RawRecord.Kind.POISON || (data && !isTimed(record.stream()))) {
        return;
      }
      activity(output);
      if (data) {
        readToItsEnd = isFresh(record.appendTimeMillis());
      }
      raise(promised(record, maxOutOfOrdernessMillis), output);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      if (idleTimeoutNanos == 0 || watermark == Long.MAX_VALUE) {
        return;
      }
      if (!silent && clock.relativeTimeNanos() - lastActivityNanos >= idleTimeoutNanos) {
        silent = true;
        idleFallbacks.inc();
        if (!readToItsEnd) {
          markedIdle = true;
          output.markIdle();
        }
      }
      if (silent && readToItsEnd) {
        raise(wallClock.millis() - idleTimeoutMillis() - maxOutOfOrdernessMillis - 1, output);
      }
    }

    private boolean isFresh(long appendTimeMillis) {
      return idleTimeoutNanos > 0
          && appendTimeMillis >= 0
          && wallClock.millis() - appendTimeMillis < idleTimeoutMillis();
    }

    private long idleTimeoutMillis() {
      return idleTimeoutNanos / 1_000_000;
    }

    private void activity(WatermarkOutput output) {
      if (idleTimeoutNanos > 0) {
        lastActivityNanos = clock.relativeTimeNanos();
      }
      silent = false;
      if (markedIdle) {
        markedIdle = false;
        output.markActive();
      }
    }

    private void raise(long candidate, WatermarkOutput output) {
      if (candidate > watermark) {
        watermark = candidate;
        output.emitWatermark(new Watermark(watermark));
      }
    }
  }
}
