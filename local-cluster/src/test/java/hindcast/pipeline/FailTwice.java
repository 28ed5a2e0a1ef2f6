package hindcast.pipeline;

import hindcast.connectors.kafka.RawRecord;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.MapFunction;

/** Fails at the 5,000th and at the 12,000th record it ever sees. */
final class FailTwice implements MapFunction<RawRecord, RawRecord> {
  private static final long serialVersionUID = 1L;
  private static final AtomicLong SEEN = new AtomicLong();
  static final AtomicInteger FAILURES = new AtomicInteger();

  static void reset() {
    SEEN.set(0);
    FAILURES.set(0);
  }

  @Override
  public RawRecord map(RawRecord record) throws InterruptedException {
    long seen = SEEN.incrementAndGet();
    if (seen % 20 == 0) {
      Thread.sleep(1);
    }
    if (seen == 5_000 || seen == 12_000) {
      FAILURES.incrementAndGet();
      throw new IllegalStateException("injected failure " + FAILURES);
    }
    return record;
  }
}
