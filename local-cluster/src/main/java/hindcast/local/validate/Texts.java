package hindcast.local.validate;

import hindcast.local.screen.Numbers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times, durations and shares as people read them. */
final class Texts {
  private static final long MILLI = 1000;
  private static final long SECOND = 1000 * MILLI;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Texts() {}

  static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String duration(long micros) {
    if (micros == 0) {
      return "0";
    }
    long[] units = {DAY, HOUR, MINUTE, SECOND, MILLI};
    String[] names = {"d", "h", "min", "s", "ms"};
    for (int k = 0; k < units.length; k++) {
      if (micros >= units[k]) {
        return trimmed((double) micros / units[k]) + names[k];
      }
    }
    return "below 1ms";
  }

  static String percent(double share) {
    return trimmed(100 * share) + " %";
  }

  static String plural(long count, String one, String many) {
    return Numbers.count(count) + " " + (count == 1 ? one : many);
  }

  /** Three digits, without zeros at the end. */
  static String trimmed(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Numbers.count((long) value);
    }
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.001 ? "%.3g" : "%.2e";
    return String.format(Locale.ROOT, format, value);
  }
}
