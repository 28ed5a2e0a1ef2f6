package hindcast.connectors.logs;

import hindcast.feedback.EventTime;
import hindcast.feedback.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values of a row: absent, of the wanted type, or a reject. */
final class RowValues {
  private final Map<String, Object> row;

  RowValues(Map<String, Object> row) {
    this.row = row;
  }

  Object get(String name) {
    return row.get(name);
  }

  /** The text, or null if absent; numbers as their digits. */
  String text(String name) throws LineRejectedException {
    Object value = row.get(name);
    return value == null ? null : text(value, name);
  }

  String text(String name, String otherwise) throws LineRejectedException {
    String text = text(name);
    return text == null ? otherwise : text;
  }

  String required(String name) throws LineRejectedException {
    String text = text(name);
    if (text == null || text.isEmpty()) {
      throw new LineRejectedException(Rejection.MISSING_FIELD, name + " must have a value: none");
    }
    return text;
  }

  /** The number, or null if absent. */
  Double number(String name) throws LineRejectedException {
    Object value = row.get(name);
    return value == null ? null : Double.valueOf(number(value, name));
  }

  long whole(String name, long otherwise) throws LineRejectedException {
    Object value = row.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof Long whole)) {
      throw malformed(name, "must be a whole number", value);
    }
    return whole;
  }

  /** A time in microseconds: a number of them, or a text. */
  long time(String name, long otherwise) throws LineRejectedException {
    Object value = row.get(name);
    if (value == null) {
      return otherwise;
    }
    long micros;
    try {
      micros = value instanceof String text ? Timestamps.micros(text) : whole(name, 0);
    } catch (DateTimeException e) {
      throw new LineRejectedException(Rejection.MALFORMED, name + ": " + e.getMessage());
    }
    if (!EventTime.isValid(micros)) {
      throw new LineRejectedException(
          Rejection.INVALID_TIME, name + " must be in the years 1970 to 9999: " + value);
    }
    return micros;
  }

  /** The texts of a list, or null if absent. */
  List<String> texts(String name) throws LineRejectedException {
    List<?> list = list(name);
    if (list == null) {
      return null;
    }
    List<String> texts = new ArrayList<>(list.size());
    for (Object element : list) {
      texts.add(text(element, name));
    }
    return texts;
  }

  /** The numbers of a list, or null if absent. */
  double[] numbers(String name) throws LineRejectedException {
    List<?> list = list(name);
    if (list == null) {
      return null;
    }
    double[] numbers = new double[list.size()];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = number(list.get(k), name);
    }
    return numbers;
  }

  List<?> list(String name) throws LineRejectedException {
    Object value = row.get(name);
    if (value != null && !(value instanceof List)) {
      throw malformed(name, "must be a list", value);
    }
    return (List<?>) value;
  }

  /** The values of a record inside a row. */
  static RowValues of(Object value, String name) throws LineRejectedException {
    if (!(value instanceof Map)) {
      throw malformed(name, "must be a record", value);
    }
    @SuppressWarnings("unchecked")
    Map<String, Object> fields = (Map<String, Object>) value;
    return new RowValues(fields);
  }

  static double number(Object value, String name) throws LineRejectedException {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    throw malformed(name, "must be a number", value);
  }

  private static String text(Object value, String name) throws LineRejectedException {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Long whole) {
      return Long.toString(whole);
    }
    if (value instanceof byte[] bytes) {
      return utf8(bytes, name);
    }
    throw malformed(name, "must be a text", value);
  }

  static LineRejectedException malformed(String name, String rule, Object value) {
    String shown = value instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(value);
    return new LineRejectedException(
        Rejection.MALFORMED,
        name + ": " + rule + ": " + (shown.length() > 40 ? shown.substring(0, 40) + "..." : shown));
  }

  private static String utf8(byte[] bytes, String name) throws LineRejectedException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0) {
      throw malformed(name, "must be UTF-8", bytes);
    }
    return text;
  }
}
