package hindcast.jobs.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 10s}, {@code 5min}, {@code 2h}, {@code 1d}.
 */
final class DurationText {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,9}) ?(ms|s|min|h|d)");
  private static final Map<String, Duration> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put("d", Duration.ofDays(1));
    UNITS.put("h", Duration.ofHours(1));
    UNITS.put("min", Duration.ofMinutes(1));
    UNITS.put("s", Duration.ofSeconds(1));
    UNITS.put("ms", Duration.ofMillis(1));
  }

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private DurationText() {}

  /**
   * Reads a duration; {@code 0} needs no unit.
   *
   * @throws IllegalArgumentException "rule: way out" if it is not one, or longer than 100 years
   */
  static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "is not a duration: write a whole number and a unit, such as 500ms, 10s, 5min, 2h or 1d");
    }
    Duration duration = UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("is longer than 36500d: write a shorter one");
    }
    return duration;
  }

  /** The shortest text that reads back as the same duration. */
  static String format(Duration duration) {
    if (duration.isZero()) {
      return "0";
    }
    for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
      if (duration.toMillis() % unit.getValue().toMillis() == 0) {
        return duration.toMillis() / unit.getValue().toMillis() + unit.getKey();
      }
    }
    throw new IllegalArgumentException("finer than a millisecond: " + duration);
  }
}
