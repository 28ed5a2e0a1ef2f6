package hindcast.connectors.logs;

import hindcast.feedback.EventTime;
import hindcast.feedback.Rejection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A field that holds a time, as exact microseconds since 1970; what is finer is cut.
 *
 * <ul>
 *   <li>{@code iso}: see {@link Timestamps}
 *   <li>{@code seconds}, {@code millis}, {@code micros}: since 1970, with a fraction if there is
 *       one
 *   <li>otherwise a pattern of {@link DateTimeFormatter}, in the zone given where it says none
 * </ul>
 *
 * @param slot of the field
 * @param decimals 0, 3 or 6 for micros, millis and seconds
 * @param formatter of a pattern; null for ISO and numbers
 */
record MappedTime(int slot, int decimals, DateTimeFormatter formatter) {
  private static final int ISO = -1;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]{1,19}(\\.[0-9]{0,20})?([eE][+-]?[0-9]{1,2})?");

  /**
   * @param zone of a pattern that holds none
   * @throws IllegalArgumentException if the format is none of these
   */
  static MappedTime of(int slot, String format, ZoneId zone) {
    return switch (format) {
      case "iso" -> new MappedTime(slot, ISO, null);
      case "seconds" -> new MappedTime(slot, 6, null);
      case "millis" -> new MappedTime(slot, 3, null);
      case "micros" -> new MappedTime(slot, 0, null);
      default ->
          new MappedTime(
              slot, ISO, DateTimeFormatter.ofPattern(format, Locale.ROOT).withZone(zone));
    };
  }

  /** The time of a line; {@code otherwise} where it has none. */
  long micros(FieldValues values, long otherwise) throws LineRejectedException {
    String text = values.text(slot);
    if (text == null) {
      return otherwise;
    }
    long micros;
    try {
      micros = micros(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw FieldValues.malformed(values.name(slot), e.getMessage());
    }
    if (!EventTime.isValid(micros)) {
      throw new LineRejectedException(
          Rejection.INVALID_TIME,
          values.name(slot) + " must be in the years 1970 to 9999: " + FieldValues.shortened(text));
    }
    return micros;
  }

  private long micros(String text) {
    if (formatter != null) {
      TemporalAccessor parsed = formatter.parse(text);
      Instant instant = Instant.from(parsed);
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000L),
          instant.get(ChronoField.MICRO_OF_SECOND));
    }
    if (decimals == ISO) {
      return Timestamps.micros(text);
    }
    if (!NUMBER.matcher(text).matches()) {
      throw new DateTimeException(
          "time must be a number as its format says: " + FieldValues.shortened(text));
    }
    return new BigDecimal(text)
        .movePointRight(decimals)
        .setScale(0, RoundingMode.FLOOR)
        .longValueExact();
  }
}
