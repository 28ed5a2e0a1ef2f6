package hindcast.connectors.logs;

import java.io.Serializable;

/**
 * One file of a log and its place among the others.
 *
 * <p>A line has a place, its number in its file, by which it is found; and a number in the whole
 * log, {@code numbersBefore + place}, from which ids and times are made where a record has none.
 *
 * @param file where it is
 * @param rewards whether it holds rewards alone
 * @param numbersBefore lines of the files before it, of all headers but the first none
 * @param lines lines in it, a header included
 * @param firstMicros smallest event time; {@link #NO_TIME} if no line could be used
 * @param lastMicros largest event time; {@link #NO_TIME} likewise
 * @param disorderMicros how far a line is behind the latest one before it, at most
 */
public record LogPiece(
    String file,
    boolean rewards,
    long numbersBefore,
    long lines,
    long firstMicros,
    long lastMicros,
    long disorderMicros)
    implements Serializable {
  /** The time of a file without a usable line: it is read before all others. */
  public static final long NO_TIME = Long.MIN_VALUE;

  private static final long serialVersionUID = 1L;
}
