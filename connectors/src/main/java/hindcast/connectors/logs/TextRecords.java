package hindcast.connectors.logs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The lines of a text file that are not empty. */
final class TextRecords implements LogRecords {
  private final LineReader lines;
  private final LogFormat.LineParser parser;
  private byte[] raw;

  private TextRecords(LineReader lines, LogFormat.LineParser parser) {
    this.lines = lines;
    this.parser = parser;
  }

  /**
   * Opens a file: plain, gzip or Zstandard.
   *
   * @param shared the parser of several files without a header; null for one of its own
   */
  static TextRecords open(LogFormat format, Path file, LogFormat.LineParser shared)
      throws IOException {
    LineReader lines = LineReader.open(file);
    try {
      byte[] header = format.hasHeader() ? lines.next() : null;
      if (format.hasHeader() && header == null) {
        throw new IllegalArgumentException("the file is empty");
      }
      return new TextRecords(lines, shared == null ? format.parser(header) : shared);
    } catch (IllegalArgumentException e) {
      lines.close();
      throw new IOException(file + " is no " + format.name() + " log: " + e.getMessage(), e);
    } catch (IOException e) {
      lines.close();
      throw e;
    }
  }

  @Override
  public boolean next() throws IOException {
    raw = lines.next();
    while (raw != null && raw.length == 0) {
      raw = lines.next();
    }
    return raw != null;
  }

  @Override
  public long line() {
    return lines.lines();
  }

  @Override
  public List<LogEntry> entries(long number) {
    return parser.entries(number, raw);
  }

  @Override
  public LogReader.Position position() {
    return new LogReader.Position(lines.lines(), lines.position());
  }

  @Override
  public void seek(LogReader.Position position) throws IOException {
    lines.seek(position.lines(), position.bytes());
  }

  @Override
  public int contextDimension() {
    return parser.contextDimension();
  }

  @Override
  public Map<String, String> otherNames() {
    return parser.otherNames();
  }

  @Override
  public List<String> declaredItems() {
    return parser.declaredItems();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
