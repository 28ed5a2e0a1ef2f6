package hindcast.connectors.kafka;

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
 * Event time of the commands: they promise nothing about time, and are rare. The source holds event
 * time back only until it has been quiet for a moment after a start, so that commands that lie in
 * the topic already are known before the windows they hold for are handled; from then on never
 * again. Time markers are not needed and not looked at.
 */
public final class ControlWatermarks implements WatermarkStrategy<RawRecord> {
  private static final long serialVersionUID = 1L;
  private static final Duration QUIET = Duration.ofSeconds(1);

  /** Counter of the starts after which event time was no longer held back; at most 1 a subtask. */
  public static final String RELEASES = "controlReleases";

  private transient MetricGroup startingGroup;
  private transient Start start;

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
    return new UntilQuiet(start(context));
  }

  /** One start a subtask: the generators of the source and of its partition share it. */
  private Start start(WatermarkGeneratorSupplier.Context context) {
    if (startingGroup != context.getMetricGroup()) {
      startingGroup = context.getMetricGroup();
      start = new Start(context.getInputActivityClock(), startingGroup.counter(RELEASES));
    }
    return start;
  }

  /** How long a source has been quiet since its start, until it has been quiet for long enough. */
  private static final class Start {
    private final RelativeClock clock;
    private final Counter releases;
    private long lastActivityNanos;
    private boolean released;

    Start(RelativeClock clock, Counter releases) {
      this.clock = clock;
      this.releases = releases;
      this.lastActivityNanos = clock.relativeTimeNanos();
    }

    void activity() {
      lastActivityNanos = clock.relativeTimeNanos();
    }

    boolean isOver() {
      if (!released && clock.relativeTimeNanos() - lastActivityNanos >= QUIET.toNanos()) {
        released = true;
        releases.inc();
      }
      return released;
    }
  }

  private static final class UntilQuiet implements WatermarkGenerator<RawRecord> {
    private final Start start;
    private boolean emitted;

    UntilQuiet(Start start) {
      this.start = start;
    }

    @Override
    public void onEvent(RawRecord record, long timestamp, WatermarkOutput output) {
      start.activity();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      if (!emitted && start.isOver()) {
        emitted = true;
        output.emitWatermark(Watermark.MAX_WATERMARK);
      }
    }
  }
}
