package hindcast.local.validate;

import hindcast.audit.DelayQuantiles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The shortest round reward window in which {@value #SHARE} of a log's rewards come. A log whose
 * rewards all have the time of their impression does not say when they came.
 */
final class RewardWindow {
  static final double SHARE = 0.99;

  private static final List<Duration> ROUND =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(2),
          Duration.ofDays(7),
          Duration.ofDays(14),
          Duration.ofDays(30));

  private RewardWindow() {}

  /** Whether the log says when its rewards came. */
  static boolean isKnown(DelayQuantiles delayMicros) {
    return delayMicros.n() > 0 && delayMicros.quantile(1).orElse(0) > 0;
  }

  /** The window; absent where the log has no delays, or delays of more than 30 days. */
  static Optional<Duration> recommended(DelayQuantiles delayMicros) {
    if (!isKnown(delayMicros)) {
      return Optional.empty();
    }
    long wanted = delayMicros.recommendedWindowMicros(SHARE).orElseThrow();
    return ROUND.stream().filter(window -> window.toNanos() / 1000 >= wanted).findFirst();
  }
}
