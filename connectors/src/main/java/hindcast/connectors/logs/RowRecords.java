package hindcast.connectors.logs;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The rows of a binary file. */
final class RowRecords implements LogRecords {
  private final RowFile file;
  private final RowParser parser;
  private long row;
  private Map<String, Object> values;

  /**
   * @param parser has seen the first row that can be used
   */
  RowRecords(RowFile file, RowParser parser) {
    this.file = file;
    this.parser = parser;
  }

  @Override
  public boolean next() throws IOException {
    values = file.next();
    row += values == null ? 0 : 1;
    return values != null;
  }

  @Override
  public long line() {
    return row;
  }

  @Override
  public List<LogEntry> entries(long number) {
    return List.of(parser.parse(number, values));
  }

  @Override
  public LogReader.Position position() {
    return new LogReader.Position(row, 0);
  }

  @Override
  public void seek(LogReader.Position position) throws IOException {
    file.skip(position.lines() - row);
    row = position.lines();
  }

  @Override
  public int contextDimension() {
    return parser.dimension();
  }

  @Override
  public Map<String, String> otherNames() {
    return Map.of();
  }

  @Override
  public List<String> declaredItems() {
    return List.of();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
