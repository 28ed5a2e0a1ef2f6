package hindcast.connectors.logs;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * ISO-8601 times as exact microseconds since 1970, without floating point:
 *
 * <pre>yyyy-MM-dd('T'|' ')HH:mm:ss[.fraction][Z|(+|-)HH[[:]mm]]</pre>
 *
 * <p>The fraction has 1 to 9 digits and is cut after the sixth; without a zone the time is UTC.
 */
final class Timestamps {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int DATE_TIME_LENGTH = 19;

  private Timestamps() {}

  /**
   * The time of a text.
   *
   * @throws DateTimeException if the text is no such time
   */
  static long micros(String text) {
    if (text.length() < DATE_TIME_LENGTH
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || (text.charAt(10) != ' ' && text.charAt(10) != 'T')
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      throw new DateTimeException("time must look like 2019-11-24 00:03:13.442536+00:00: " + text);
    }
    long day =
        LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)).toEpochDay();
    int hour = limited(text, 11, 13, 23);
    int minute = limited(text, 14, 16, 59);
    int second = limited(text, 17, 19, 59);
    int zone = endOfFraction(text);
    long seconds = ((day * 24 + hour) * 60 + minute) * 60 + second - offsetSeconds(text, zone);
    return seconds * MICROS_PER_SECOND + fractionMicros(text, zone);
  }

  private static int endOfFraction(String text) {
    int end = DATE_TIME_LENGTH;
    if (end < text.length() && text.charAt(end) == '.') {
      end++;
      while (end < text.length() && isDigit(text.charAt(end))) {
        end++;
      }
      if (end == DATE_TIME_LENGTH + 1 || end > DATE_TIME_LENGTH + 10) {
        throw new DateTimeException("fraction of a second must have 1 to 9 digits: " + text);
      }
    }
    return end;
  }

  private static long fractionMicros(String text, int end) {
    long micros = 0;
    for (int digit = 0; digit < 6; digit++) {
      int at = DATE_TIME_LENGTH + 1 + digit;
      micros = 10 * micros + (at < end ? text.charAt(at) - '0' : 0);
    }
    return micros;
  }

  private static int offsetSeconds(String text, int zone) {
    String offset = text.substring(zone);
    if (offset.isEmpty() || offset.equals("Z")) {
      return 0;
    }
    char sign = offset.charAt(0);
    boolean colon = offset.length() == 6 && offset.charAt(3) == ':';
    String hoursAndMinutes =
        colon ? offset.substring(1, 3) + offset.substring(4) : offset.substring(1);
    boolean shaped =
        (sign == '+' || sign == '-')
            && (hoursAndMinutes.length() == 2 || hoursAndMinutes.length() == 4);
    if (!shaped) {
      throw new DateTimeException("zone must be Z or an offset such as +09:00: " + text);
    }
    int hours = limited(hoursAndMinutes, 0, 2, 18);
    int minutes = hoursAndMinutes.length() == 4 ? limited(hoursAndMinutes, 2, 4, 59) : 0;
    int seconds = (60 * hours + minutes) * 60;
    return sign == '-' ? -seconds : seconds;
  }

  private static int limited(String text, int from, int to, int largest) {
    int value = digits(text, from, to);
    if (value > largest) {
      throw new DateTimeException("time has a part above " + largest + ": " + text);
    }
    return value;
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(text.charAt(i))) {
        throw new DateTimeException("time must have digits at " + from + ": " + text);
      }
      value = 10 * value + text.charAt(i) - '0';
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
