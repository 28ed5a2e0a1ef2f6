package hindcast.connectors.logs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Reads a log entry by entry. A record that cannot be used is an entry with a reject; empty lines
 * are no entries.
 *
 * <p>{@link #position()} is where the next record begins; {@link #seek} goes on from there, so that
 * a reader can be replaced by another in the middle. Errors: {@link IOException} for a file that
 * cannot be read or is not of its format. Not thread-safe.
 */
public final class LogReader implements Closeable {
  private final LogRecords records;
  private final long numbersBefore;
  private Iterator<LogEntry> ofRecord = List.<LogEntry>of().iterator();

  /**
   * Where a reader stands.
   *
   * @param lines lines read, header and empty lines included; records read of a binary format
   * @param bytes decompressed bytes read of a text
   */
  public record Position(long lines, long bytes) {
    /** The beginning of a file. */
    public static final Position START = new Position(0, 0);
  }

  private LogReader(LogRecords records, long numbersBefore) {
    this.records = records;
    this.numbersBefore = numbersBefore;
  }

  /** Opens a file. */
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
    return new LogReader(format.open(file, shared), numbersBefore);
  }

  /** The next entry, or null at the end. */
  public LogEntry next() throws IOException {
    while (!ofRecord.hasNext()) {
      List<LogEntry> entries = nextRecord();
      if (entries == null) {
        return null;
      }
      ofRecord = entries.iterator();
    }
    return ofRecord.next();
  }

  /** The entries of the next record, at least one, or null at the end. */
  List<LogEntry> nextRecord() throws IOException {
    if (!records.next()) {
      return null;
    }
    List<LogEntry> entries = records.entries(numbersBefore + records.line());
    return numbersBefore == 0 ? entries : atTheirLine(entries);
  }

  private List<LogEntry> atTheirLine(List<LogEntry> entries) {
    List<LogEntry> placed = new ArrayList<>(entries.size());
    for (LogEntry entry : entries) {
      placed.add(entry.at(records.line()));
    }
    return placed;
  }

  /** The first entry of the record read last, as if it had another number in the log. */
  LogEntry lastAsNumber(long number) {
    return records.entries(number).get(0);
  }

  /** Where the next record begins. */
  public Position position() {
    return records.position();
  }

  /** Goes on at a position of an earlier reader of the same file, at or behind this one's. */
  public void seek(Position position) throws IOException {
    if (!position.equals(Position.START)) {
      records.seek(position);
    }
  }

  /** d of the contexts. */
  public int contextDimension() {
    return records.contextDimension();
  }

  /** Other names of items, see {@link LogFormat.LineParser#otherNames}. */
  public Map<String, String> otherNames() {
    return records.otherNames();
  }

  /** Items the file names whether or not they were shown. */
  public List<String> declaredItems() {
    return records.declaredItems();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
