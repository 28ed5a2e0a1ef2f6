package hindcast.connectors.logs;

import java.util.List;

/**
 * Where the reading of several files stands: those before {@code opened} are read to their end or
 * open, the others untouched.
 *
 * @param opened how many files have been opened
 * @param open the open ones, in their order
 */
public record LogPosition(int opened, List<Open> open) {
  /** Before the first file. */
  public static final LogPosition START = new LogPosition(0, List.of());

  /**
   * An open file.
   *
   * @param piece its index
   * @param position where its next line begins
   */
  public record Open(int piece, LogReader.Position position) {}

  public LogPosition {
    open = List.copyOf(open);
  }
}
