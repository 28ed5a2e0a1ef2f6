package hindcast.connectors.logs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * One pass over one file.
 *
 * @param file the file
 * @param rewards whether it holds rewards alone
 * @param header 1 if its first line describes columns, else 0
 * @param lines lines in it, a header included
 * @param firstMicros smallest event time; {@link LogPiece#NO_TIME} if no line could be used
 * @param lastMicros largest event time
 * @param disorderMicros how far a line is behind the latest one before it, at most
 * @param stepMicros how much later a line would be if one more stood before it: 0 where times are
 *     in the log, more where they are made of line numbers
 */
record PieceScan(
    Path file,
    boolean rewards,
    int header,
    long lines,
    long firstMicros,
    long lastMicros,
    long disorderMicros,
    long stepMicros) {

  /** Whether times were found in the file. */
  boolean isTimed() {
    return firstMicros != LogPiece.NO_TIME && stepMicros == 0;
  }

  /** Its place behind files with so many numbers. */
  LogPiece behind(long numbersBefore) {
    boolean any = firstMicros != LogPiece.NO_TIME;
    long shift = stepMicros * numbersBefore;
    return new LogPiece(
        file.toString(),
        rewards,
        numbersBefore,
        lines,
        any ? firstMicros + shift : LogPiece.NO_TIME,
        any ? lastMicros + shift : LogPiece.NO_TIME,
        disorderMicros);
  }

  /** Reads the rest of a file and hands out its entries. */
  static PieceScan of(
      LogReader reader, Path file, boolean rewards, int header, Consumer<LogEntry> entries)
      throws IOException {
    long first = Long.MAX_VALUE;
    long last = LogPiece.NO_TIME;
    long disorder = 0;
    long step = 0;
    for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
      if (!entry.isRejected()) {
        long time = entry.timeMicros();
        if (last == LogPiece.NO_TIME) {
          step = reader.lastAsNumber(entry.line() + 1).timeMicros() - time;
        }
        first = Math.min(first, time);
        last = Math.max(last, time);
        disorder = Math.max(disorder, last - time);
      }
      entries.accept(entry);
    }
    boolean any = last != LogPiece.NO_TIME;
    return new PieceScan(
        file,
        rewards,
        header,
        reader.position().lines(),
        any ? first : LogPiece.NO_TIME,
        last,
        disorder,
        step);
  }
}
