package hindcast.connectors.logs;

import java.util.concurrent.TimeUnit;

/** Microseconds since 1970 from other units; what is too large becomes the largest. */
final class EpochMicros {
  private EpochMicros() {}

  static long ofMillis(long millis) {
    return TimeUnit.MILLISECONDS.toMicros(millis);
  }

  static long ofDays(long days) {
    return TimeUnit.DAYS.toMicros(days);
  }
}
