package hindcast.pipeline;

import static org.awaitility.Awaitility.await;

import hindcast.avro.Reward;
import hindcast.connectors.kafka.RawRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Every fifth reward is moved to the end of its stream, behind the last time marker, and waits
 * there until all impressions have gone by and half of their outcomes have left.
 */
final class Latecomers {
  private static CountDownLatch impressions = new CountDownLatch(1);
  private static final Set<Long> LATE = new HashSet<>();
  private static long lastImpression;
  private static long half;

  private Latecomers() {}

  /** Moves rewards of a recorded log. */
  static int arrange(RecordedTraffic traffic) {
    impressions = new CountDownLatch(1);
    LATE.clear();
    List<RawRecord> early = new ArrayList<>();
    List<RawRecord> late = new ArrayList<>();
    RawRecord closing = traffic.rewards.remove(traffic.rewards.size() - 1);
    for (RawRecord record : traffic.rewards) {
      boolean moved =
          record.isData()
              && Math.floorMod(record.payload(Reward.class).getImpressionId().hashCode(), 5) == 0;
      (moved ? late : early).add(record);
    }
    late.forEach(record -> LATE.add(record.offset()));
    traffic.rewards.clear();
    traffic.rewards.addAll(early);
    traffic.rewards.addAll(late);
    traffic.rewards.add(closing);
    lastImpression =
        traffic.impressions.stream()
            .filter(RawRecord::isData)
            .mapToLong(RawRecord::offset)
            .max()
            .orElseThrow();
    half = traffic.impressions.stream().filter(RawRecord::isData).count() / 2;
    return late.size();
  }

  /** Behind the impressions. */
  static final class Impressions implements MapFunction<RawRecord, RawRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public RawRecord map(RawRecord record) {
      if (record.offset() == lastImpression) {
        impressions.countDown();
      }
      return record;
    }
  }

  /** Behind the rewards. */
  static final class Rewards implements MapFunction<RawRecord, RawRecord> {
    private static final long serialVersionUID = 1L;
    private boolean waited;

    @Override
    public RawRecord map(RawRecord record) throws InterruptedException {
      if (!waited && LATE.contains(record.offset())) {
        if (!impressions.await(2, TimeUnit.MINUTES)) {
          throw new IllegalStateException("the impressions did not go by");
        }
        await().atMost(Duration.ofMinutes(2)).until(() -> PipelineRun.OUTCOMES.get() >= half);
        waited = true;
      }
      return record;
    }
  }
}
