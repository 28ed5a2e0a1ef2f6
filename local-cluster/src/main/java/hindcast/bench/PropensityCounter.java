package hindcast.bench;

import hindcast.avro.Feedback;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Counts what comes out of a run: each event once, by segment and by (segment, item). */
final class PropensityCounter {
  private final int events;
  private final int items;
  private final AtomicIntegerArray seen;
  private final AtomicIntegerArray bySegment;
  private final AtomicIntegerArray byPair;
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();
  private final AtomicLong firstNanos = new AtomicLong();
  private final AtomicLong lastNanos = new AtomicLong();

  PropensityCounter(int events, int segments, int items) {
    this.events = events;
    this.items = items;
    seen = new AtomicIntegerArray(events / 32 + 1);
    bySegment = new AtomicIntegerArray(segments);
    byPair = new AtomicIntegerArray(Math.toIntExact((long) segments * items / 32 + 1));
  }

  void add(Feedback feedback) {
    long now = System.nanoTime();
    if (count.incrementAndGet() == 1) {
      firstNanos.set(now);
    }
    lastNanos.set(now);
    if (!mark(seen, PropensityEvents.number(feedback.getImpressionId()))) {
      repeated.incrementAndGet();
    }
    int segment = PropensityEvents.number(feedback.getSegment());
    bySegment.incrementAndGet(segment);
    mark(byPair, segment * items + PropensityEvents.number(feedback.getItemId()));
    if (!(feedback.getPropensity() > 0 && feedback.getPropensityUncertainty() > 0)) {
      throw new IllegalStateException("an estimate must be above 0: " + feedback);
    }
  }

  private static boolean mark(AtomicIntegerArray bits, int index) {
    int bit = 1 << (index & 31);
    return (bits.getAndUpdate(index >> 5, old -> old | bit) & bit) == 0;
  }

  private static long marked(AtomicIntegerArray bits) {
    return IntStream.range(0, bits.length()).mapToLong(k -> Integer.bitCount(bits.get(k))).sum();
  }

  double eventsPerSecond() {
    return (count.get() - 1) / ((lastNanos.get() - firstNanos.get()) / 1e9);
  }

  /** Events that did not come out, and those that came more than once. */
  long lost() {
    return events - marked(seen) + repeated.get();
  }

  long segments() {
    return IntStream.range(0, bySegment.length()).filter(k -> bySegment.get(k) > 0).count();
  }

  long pairs() {
    return marked(byPair);
  }

  double hottestShare() {
    return IntStream.range(0, bySegment.length()).map(bySegment::get).max().orElse(0)
        / (double) events;
  }
}
