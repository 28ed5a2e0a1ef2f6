package hindcast.connectors.logs;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The records of one file of a log, one after another. Errors: {@link IOException} that names file
 * and place. Not thread-safe.
 */
public interface LogRecords extends Closeable {
  /** Goes to the next record; false at the end. */
  boolean next() throws IOException;

  /** The place of the current record: its line, or its number, from 1. */
  long line();

  /**
   * What the current record says: one entry, or one for each of its decisions.
   *
   * @param number of the record in the whole log
   */
  List<LogEntry> entries(long number);

  /** Where the next record begins. */
  LogReader.Position position();

  /** Goes on at a position at or behind this one's. */
  void seek(LogReader.Position position) throws IOException;

  /** d of the contexts. */
  int contextDimension();

  /** See {@link LogFormat.LineParser#otherNames}. */
  Map<String, String> otherNames();

  /** Items the file names whether or not they were shown. */
  List<String> declaredItems();
}
