package hindcast.connectors.logs;

import hindcast.feedback.Rejection;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits one line of comma-separated values. A field may stand in double quotes, in which two mean
 * one (RFC 4180); a quoted line break is not supported.
 */
final class CsvLine {
  private CsvLine() {}

  /**
   * The fields of a line.
   *
   * @throws LineRejectedException if a quote is left open or text follows a closing one
   */
  static List<String> split(String line) throws LineRejectedException {
    List<String> fields = new ArrayList<>(64);
    int start = 0;
    while (true) {
      int end;
      if (start < line.length() && line.charAt(start) == '"') {
        StringBuilder field = new StringBuilder();
        end = unquote(line, start, field);
        fields.add(field.toString());
      } else {
        int comma = line.indexOf(',', start);
        end = comma < 0 ? line.length() : comma;
        fields.add(line.substring(start, end));
      }
      if (end == line.length()) {
        return fields;
      }
      start = end + 1;
    }
  }

  private static int unquote(String line, int open, StringBuilder field)
      throws LineRejectedException {
    int from = open + 1;
    while (true) {
      int quote = line.indexOf('"', from);
      if (quote < 0) {
        throw new LineRejectedException(
            Rejection.MALFORMED, "a quoted field must end with a quote: column " + (open + 1));
      }
      field.append(line, from, quote);
      int after = quote + 1;
      if (after == line.length() || line.charAt(after) == ',') {
        return after;
      }
      if (line.charAt(after) != '"') {
        throw new LineRejectedException(
            Rejection.MALFORMED, "a comma must follow a closing quote: column " + (after + 1));
      }
      field.append('"');
      from = after + 1;
    }
  }
}
