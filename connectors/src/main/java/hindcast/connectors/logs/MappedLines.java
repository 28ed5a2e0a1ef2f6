package hindcast.connectors.logs;

import java.util.List;

/**
 * How the lines of a file are read.
 *
 * @param csv how a line is split; null for JSON
 * @param header whether the first line names the columns
 * @param fields by slot
 */
record MappedLines(CsvLine csv, boolean header, List<String> fields) {
  MappedLines {
    fields = List.copyOf(fields);
  }

  /**
   * @param headerLine null where there is none
   * @throws IllegalArgumentException if a column is not in it
   */
  FieldValues values(byte[] headerLine) {
    return csv == null ? new JsonValues(fields) : new CsvValues(csv, fields, headerLine);
  }
}
