package hindcast.connectors.logs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Reads the files of a log as one: always the record with the smallest event time of those that
 * come next in their files, of equal ones that of the earlier file; a refused one directly behind
 * the one before it. So however the times of files overlap, a line is no further behind an earlier
 * one than in its own file.
 *
 * <p>A file is opened when the merge comes to its first time, and closed at its end. What comes
 * next is a function of {@link #position()}, so a reader that was {@linkplain #seek sent} there
 * goes on with the same entries. Formats without a header have one parser for all files. Not
 * thread-safe.
 */
public final class LogMerge implements Closeable {
  private final LogFormat format;
  private final List<LogPiece> pieces;
  private final LogFormat.LineParser shared;
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(Comparator.comparingLong(Head::key).thenComparingInt(head -> head.piece));
  private int opened;
  private long lines;
  private LogPiece current;

  /**
   * @param pieces the files, as a scan has them
   */
  public LogMerge(LogFormat format, List<LogPiece> pieces) {
    this.format = format;
    this.pieces = List.copyOf(pieces);
    this.shared = sharedParser(format);
  }

  /** One parser for all files where none of them has a header; null where each has its own. */
  static LogFormat.LineParser sharedParser(LogFormat format) {
    return format.isText() && !format.hasHeader() ? format.parser(null) : null;
  }

  /** The entries of the next record of any file, or null at the end of all. */
  public List<LogEntry> next() throws IOException {
    while (opened < pieces.size()
        && (heads.isEmpty() || pieces.get(opened).firstMicros() <= heads.peek().key())) {
      advance(open(opened++, LogReader.Position.START));
    }
    Head head = heads.poll();
    if (head == null) {
      return null;
    }
    List<LogEntry> entries = head.entries;
    current = pieces.get(head.piece);
    advance(head);
    return entries;
  }

  /** The file of the entry that came last. */
  public LogPiece piece() {
    return current;
  }

  /** Lines of all files that have been read, headers and empty lines included. */
  public long lines() {
    return lines;
  }

  /** Where the reading stands. */
  public LogPosition position() {
    List<LogPosition.Open> open = new ArrayList<>();
    for (Head head : heads) {
      open.add(new LogPosition.Open(head.piece, head.before));
    }
    open.sort(Comparator.comparingInt(LogPosition.Open::piece));
    return new LogPosition(opened, open);
  }

  /** Goes on from where another reader of the same files stood; before the first entry. */
  public void seek(LogPosition position) throws IOException {
    boolean[] isOpen = new boolean[pieces.size()];
    for (LogPosition.Open open : position.open()) {
      isOpen[open.piece()] = true;
      advance(open(open.piece(), open.position()));
    }
    opened = position.opened();
    for (int piece = 0; piece < opened; piece++) {
      lines += isOpen[piece] ? 0 : pieces.get(piece).lines();
    }
  }

  @Override
  public void close() throws IOException {
    for (Head head : heads) {
      head.reader.close();
    }
    heads.clear();
  }

  private Head open(int index, LogReader.Position position) throws IOException {
    LogPiece piece = pieces.get(index);
    LogFormat own = piece.rewards() ? format.rewards() : format;
    LogReader reader =
        LogReader.open(
            own, Path.of(piece.file()), piece.numbersBefore(), piece.rewards() ? null : shared);
    try {
      reader.seek(position);
    } catch (IOException e) {
      reader.close();
      throw e;
    }
    return new Head(index, reader);
  }

  /** Reads the next entry of a file, and puts it back among the others unless it has ended. */
  private void advance(Head head) throws IOException {
    lines -= head.counted;
    head.before = head.reader.position();
    head.entries = head.reader.nextRecord();
    head.counted = head.entries == null ? head.reader.position().lines() : head.before.lines();
    lines += head.counted;
    if (head.entries == null) {
      head.reader.close();
    } else {
      heads.add(head);
    }
  }

  private static final class Head {
    private final int piece;
    private final LogReader reader;
    private LogReader.Position before;
    private List<LogEntry> entries;
    private long counted;

    Head(int piece, LogReader reader) {
      this.piece = piece;
      this.reader = reader;
    }

    long key() {
      LogEntry first = entries.get(0);
      return first.isRejected() ? LogPiece.NO_TIME : first.timeMicros();
    }
  }
}
