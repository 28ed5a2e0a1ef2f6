package hindcast.connectors.logs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Reads a log entry by entry. A line that cannot be used is an entry with a reject; empty lines are
 * no entries.
 *
 * <p>{@link #position()} is where the next line begins; {@link #seek} goes on from there, so that a
 * reader can be replaced by another in the middle. Errors: {@link IOException} for a file that
 * cannot be read or has not the header of its format. Not thread-safe.
 */
public final class LogReader implements Closeable {
  private final LineReader lines;
  private final LogFormat.LineParser parser;
  private final long numbersBefore;
  private byte[] last;

  /**
   * Where a reader stands.
   *
   * @param lines lines read, header and empty lines included
   * @param bytes decompressed bytes read
   */
  public record Position(long lines, long bytes) {
    /** The beginning of a file. */
    public static final Position START = new Position(0, 0);
  }

  private LogReader(LineReader lines, LogFormat.LineParser parser, long numbersBefore) {
    this.lines = lines;
    this.parser = parser;
    this.numbersBefore = numbersBefore;
  }

  /** Opens a file: plain, gzip or Zstandard. */
  public static LogReader open(LogFormat format, Path file) throws IOException {
    return open(format, file, 0, null);
  }

  /**
   * Opens one file of several.
   *
   * @param numbersBefore see {@link LogPiece}
   * @param shared the parser of all files of a format without header; null for one of its own
   */
  static LogReader open(
      LogFormat format, Path file, long numbersBefore, LogFormat.LineParser shared)
      throws IOException {
    LineReader lines = LineReader.open(file);
    try {
      byte[] header = format.hasHeader() ? lines.next() : null;
      if (format.hasHeader() && header == null) {
        throw new IllegalArgumentException("the file is empty");
      }
      return new LogReader(lines, shared == null ? format.parser(header) : shared, numbersBefore);
    } catch (IllegalArgumentException e) {
      lines.close();
      throw new IOException(file + " is no " + format.name() + " log: " + e.getMessage(), e);
    } catch (IOException e) {
      lines.close();
      throw e;
    }
  }

  /** The next entry, or null at the end. */
  public LogEntry next() throws IOException {
    byte[] raw = lines.next();
    while (raw != null && raw.length == 0) {
      raw = lines.next();
    }
    last = raw;
    return raw == null ? null : parser.parse(numbersBefore + lines.lines(), raw).at(lines.lines());
  }

  /** The line read last, as if it had another number in the log. */
  LogEntry lastAsNumber(long number) {
    return parser.parse(number, last);
  }

  /** Where the next line begins. */
  public Position position() {
    return new Position(lines.lines(), lines.position());
  }

  /** Goes on at a position of an earlier reader of the same file, at or behind this one's. */
  public void seek(Position position) throws IOException {
    if (!position.equals(Position.START)) {
      lines.seek(position.lines(), position.bytes());
    }
  }

  /** d of the contexts. */
  public int contextDimension() {
    return parser.contextDimension();
  }

  /** Other names of items, see {@link LogFormat.LineParser#otherNames}. */
  public Map<String, String> otherNames() {
    return parser.otherNames();
  }

  /** Items the header names. */
  public List<String> declaredItems() {
    return parser.declaredItems();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
