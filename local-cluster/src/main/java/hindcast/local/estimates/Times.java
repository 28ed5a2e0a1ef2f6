package hindcast.local.estimates;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Event times as people read them. */
final class Times {
  private Times() {}

  static String text(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }
}
