package hindcast.connectors.alert;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * When an alert is tried again: after {@code min(longest, first * 2^(attempts - 1))}, of which a
 * random part of up to a half is left out, so that many senders do not return at once.
 *
 * @param first pause after the first attempt, above 0
 * @param longest longest pause, at least the first
 * @param giveUpAfter an alert that has not arrived this long after its first attempt is
 *     undeliverable
 */
public record RetryRule(Duration first, Duration longest, Duration giveUpAfter) {
  private static final int MOST_DOUBLINGS = 30;

  public RetryRule {
    if (first.toMillis() < 1 || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "pauses must be at least 1 ms and the longest not below the first: "
              + first
              + ", "
              + longest);
    }
    if (giveUpAfter.isNegative()) {
      throw new IllegalArgumentException("giving up must not lie in the past: " + giveUpAfter);
    }
  }

  /** Pause in milliseconds after {@code attempts} attempts. */
  long pauseMillis(int attempts, SplittableRandom random) {
    long doubled = first.toMillis() << Math.min(attempts - 1, MOST_DOUBLINGS);
    long pause = doubled < first.toMillis() ? longest.toMillis() : doubled;
    double part = 1 - random.nextDouble() / 2;
    return Math.max(1, (long) (Math.min(pause, longest.toMillis()) * part));
  }
}
