package hindcast.connectors.logs;

import hindcast.feedback.Rejection;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits one line of separated values. A field may stand in quotes, in which two mean one (RFC
 * 4180); a quoted line break is not supported.
 *
 * @param delimiter between fields
 * @param quote around a field that holds a delimiter; {@link #NO_QUOTE} where there are none
 */
record CsvLine(char delimiter, char quote) {
  static final char NO_QUOTE = 0;

  private static final CsvLine COMMAS = new CsvLine(',', '"');

  /** The fields of a line with commas and double quotes. */
  static List<String> split(String line) throws LineRejectedException {
    return COMMAS.fields(line);
  }

  /**
   * The fields of a line.
   *
   * @throws LineRejectedException if a quote is left open or text follows a closing one
   */
  List<String> fields(String line) throws LineRejectedException {
    List<String> fields = new ArrayList<>(64);
    int start = 0;
    while (true) {
      int end;
      if (start < line.length() && quote != NO_QUOTE && line.charAt(start) == quote) {
        StringBuilder field = new StringBuilder();
        end = unquote(line, start, field);
        fields.add(field.toString());
      } else {
        int next = line.indexOf(delimiter, start);
        end = next < 0 ? line.length() : next;
        fields.add(line.substring(start, end));
      }
      if (end == line.length()) {
        return fields;
      }
      start = end + 1;
    }
  }

  private int unquote(String line, int open, StringBuilder field) throws LineRejectedException {
    int from = open + 1;
    while (true) {
      int close = line.indexOf(quote, from);
      if (close < 0) {
        throw new LineRejectedException(
            Rejection.MALFORMED, "a quoted field must end with a quote: column " + (open + 1));
      }
      field.append(line, from, close);
      int after = close + 1;
      if (after == line.length() || line.charAt(after) == delimiter) {
        return after;
      }
      if (line.charAt(after) != quote) {
        throw new LineRejectedException(
            Rejection.MALFORMED,
            "a " + separator() + " must follow a closing quote: column " + (after + 1));
      }
      field.append(quote);
      from = after + 1;
    }
  }

  private String separator() {
    return delimiter == ',' ? "comma" : delimiter == '\t' ? "tab" : "delimiter " + delimiter;
  }
}
