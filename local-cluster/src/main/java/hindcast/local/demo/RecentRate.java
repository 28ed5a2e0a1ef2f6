package hindcast.local.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a counter grows, over the last few seconds. For one thread. */
final class RecentRate {

  private static final long WINDOW_NANOS = 5_000_000_000L;

  private final Deque<long[]> samples = new ArrayDeque<>();

  /** Takes a sample of the counter and gives its growth a second. */
  double perSecond(long count) {
    long now = System.nanoTime();
    samples.addLast(new long[] {now, count});
    while (samples.size() > 2 && now - samples.peekFirst()[0] > WINDOW_NANOS) {
      samples.removeFirst();
    }
    long[] oldest = samples.peekFirst();
    double seconds = (now - oldest[0]) / 1e9;
    return seconds > 0 ? Math.max(0, (count - oldest[1]) / seconds) : 0;
  }
}
