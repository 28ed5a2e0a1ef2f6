package hindcast.connectors.logs;

import hindcast.feedback.RewardRange;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A format of historical logs: text, one decision a line, possibly behind a header line; or
 * something else, which brings its own {@link #open}.
 *
 * <p>Adding a format: implement this and {@link LineParser}, and name it in {@link #of}.
 */
public interface LogFormat extends Serializable {
  /** Short name, as given to {@code --format}. */
  String name();

  /** Whether files are lines of text. */
  default boolean isText() {
    return true;
  }

  /**
   * Opens a file: plain, gzip or Zstandard.
   *
   * @param shared the parser of several files of a text without header; null for one of its own
   * @throws IOException if it cannot be read or is not of this format
   */
  default LogRecords open(Path file, LineParser shared) throws IOException {
    return TextRecords.open(this, file, shared);
  }

  /** Whether the first line describes the columns. */
  boolean hasHeader();

  /**
   * A parser for the lines of one file; belongs to one thread.
   *
   * @param header the first line, or null for a format without header
   * @throws IllegalArgumentException if the header is not of this format
   */
  LineParser parser(byte[] header);

  /**
   * The format of files that hold rewards alone, as {@link LogEntry#ofRewards}.
   *
   * @throws IllegalArgumentException if this format has rewards on the lines of their impressions
   *     only
   */
  default LogFormat rewards() {
    throw new IllegalArgumentException(
        "rewards of format "
            + name()
            + " must be on the lines of their impressions, not in files of their own");
  }

  /** Turns lines into entries; never throws, whatever a line holds. */
  interface LineParser {
    /**
     * What the line says: an impression with its rewards, or a reject.
     *
     * @param line its number in the whole log, from 1; ids and times are made of it where the line
     *     has none
     */
    LogEntry parse(long line, byte[] raw);

    /** All that the line says, in formats in which a line can hold several decisions. */
    default List<LogEntry> entries(long line, byte[] raw) {
      return List.of(parse(line, raw));
    }

    /** d of the contexts it makes. */
    int contextDimension();

    /**
     * Other names of items, as far as they mean the same item in every line so far: the number of
     * an action.
     */
    default Map<String, String> otherNames() {
      return Map.of();
    }

    /** Items the header names whether or not they were shown; may be empty. */
    List<String> declaredItems();
  }

  /**
   * A mapping file.
   *
   * @param file what messages call it
   * @param yaml what is in it
   */
  record MappingText(String file, String yaml) {}

  /**
   * The format of that name, for rewards in [0, 1].
   *
   * @throws IllegalArgumentException if there is none
   */
  static LogFormat of(String name) {
    return of(name, RewardRange.UNIT);
  }

  /**
   * The format of that name.
   *
   * @param rewardRange range of a reward in the user's unit; lines beyond it are refused
   * @throws IllegalArgumentException if there is none
   */
  static LogFormat of(String name, RewardRange rewardRange) {
    return of(name, rewardRange, null);
  }

  /**
   * The format of that name.
   *
   * @param rewardRange range of a reward in the user's unit; lines beyond it are refused
   * @param mapping which field is what, for csv and jsonl; null for the others
   * @throws MappingException if the mapping is refused
   * @throws IllegalArgumentException if there is no such format, or it needs a mapping, or has none
   */
  static LogFormat of(String name, RewardRange rewardRange, MappingText mapping) {
    boolean mapped = name.equals(MappedFormat.CSV) || name.equals(MappedFormat.JSON_LINES);
    if (mapped && mapping == null) {
      throw new IllegalArgumentException(name + " needs --mapping FILE.yaml, see docs/mapping.md");
    }
    if (mapped) {
      return new MappedFormat(name, mapping.file(), mapping.yaml(), rewardRange);
    }
    if (mapping != null) {
      throw new IllegalArgumentException(name + " takes no --mapping; it is for csv and jsonl");
    }
    if (name.equals(OpenBanditFormat.NAME)) {
      return new OpenBanditFormat("", rewardRange);
    }
    if (name.equals(DsJsonFormat.NAME)) {
      return new DsJsonFormat(rewardRange);
    }
    if (name.equals(RowFormat.AVRO) || name.equals(RowFormat.PARQUET)) {
      return new RowFormat(name, rewardRange);
    }
    throw new IllegalArgumentException(
        "log format must be one of ["
            + String.join(
                ", ",
                OpenBanditFormat.NAME,
                DsJsonFormat.NAME,
                MappedFormat.CSV,
                MappedFormat.JSON_LINES,
                RowFormat.AVRO,
                RowFormat.PARQUET)
            + "]: "
            + name);
  }
}
