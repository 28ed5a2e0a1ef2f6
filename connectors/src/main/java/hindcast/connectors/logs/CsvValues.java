package hindcast.connectors.logs;

import hindcast.feedback.Rejection;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The values of lines of separated values. Spaces around a value do not belong to it. */
final class CsvValues implements FieldValues {
  private static final int ANY = -1;

  private final CsvLine layout;
  private final List<String> fields;
  private final int[] columns;
  private final int count;
  private List<String> row;

  /**
   * @param fields names of columns in the header, or numbers from 1 where there is none
   * @param header the first line; null where there is none
   * @throws IllegalArgumentException if a column is not in the header, or twice
   */
  CsvValues(CsvLine layout, List<String> fields, byte[] header) {
    this.layout = layout;
    this.fields = fields;
    columns = new int[fields.size()];
    if (header == null) {
      Arrays.setAll(columns, slot -> Integer.parseInt(fields.get(slot)) - 1);
      count = ANY;
    } else {
      List<String> names = names(layout, header);
      Arrays.setAll(columns, slot -> find(names, fields.get(slot)));
      count = names.size();
    }
  }

  private static List<String> names(CsvLine layout, byte[] header) {
    try {
      String text = OpenBanditParser.text(header);
      return layout.fields(text.startsWith("\uFEFF") ? text.substring(1) : text).stream()
          .map(String::trim)
          .toList();
    } catch (LineRejectedException e) {
      throw new IllegalArgumentException("header: " + e.getMessage(), e);
    }
  }

  private static int find(List<String> names, String name) {
    int column = names.indexOf(name);
    if (column < 0) {
      throw new IllegalArgumentException(
          "the mapping names column "
              + name
              + ", which the header has not: it has "
              + String.join(", ", names)
              + "; name one of these, or set csv.delimiter or csv.header");
    }
    if (column != names.lastIndexOf(name)) {
      throw new IllegalArgumentException(
          "header must name column " + name + " once; with csv.header: false columns are numbers");
    }
    return column;
  }

  @Override
  public void read(byte[] raw) throws LineRejectedException {
    row = layout.fields(OpenBanditParser.text(raw));
    if (count == ANY) {
      return;
    }
    if (row.size() > count || (row.size() == 1 && count > 1)) {
      throw new LineRejectedException(
          Rejection.MALFORMED,
          "row must have the " + count + " columns of the header: " + row.size());
    }
    if (row.size() < count) {
      throw new LineRejectedException(
          Rejection.MISSING_FIELD,
          "row must have the " + count + " columns of the header: " + row.size());
    }
  }

  @Override
  public String name(int slot) {
    return (count == ANY ? "column " : "") + fields.get(slot);
  }

  @Override
  public String text(int slot) {
    String value = columns[slot] < row.size() ? row.get(columns[slot]).trim() : "";
    return value.isEmpty() ? null : value;
  }

  @Override
  public double number(int slot) throws LineRejectedException {
    return FieldValues.number(name(slot), required(slot));
  }

  @Override
  public List<String> texts(int slot, String separator) {
    String text = text(slot);
    return text == null
        ? null
        : Arrays.stream(text.split(Pattern.quote(separator), -1)).map(String::trim).toList();
  }
}
