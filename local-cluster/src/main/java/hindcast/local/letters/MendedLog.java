package hindcast.local.letters;

import hindcast.connectors.avro.RecordOutline;
import hindcast.connectors.deadletter.DeadLetters;
import hindcast.connectors.logs.LineReader;
import hindcast.connectors.logs.LogEntry;
import hindcast.connectors.logs.LogFormat;
import hindcast.connectors.logs.LogReader;
import hindcast.feedback.Rejection;
import hindcast.local.LocalStartException;
import hindcast.local.LogFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts the letters of a log back at their lines. Every line keeps its number, hence its impression
 * id, so replaying the written log gives what a log would have given that was right from the
 * beginning; and writing it again gives the same bytes.
 *
 * @param format of the log
 * @param log the log the letters came from, plain or gzip
 * @param out where the mended log goes, plain
 * @param only leaves the lines of no letter empty
 */
public record MendedLog(LogFormat format, Path log, Path out, boolean only) {

  /**
   * What was written.
   *
   * @param mended lines with other bytes than before
   * @param unchanged lines of a letter with the bytes they had
   * @param accepted lines of a letter that the format reads now
   * @param refused lines of a letter it still refuses, by reason
   */
  public record Result(long mended, long unchanged, long accepted, Map<Rejection, Long> refused) {

    /** For people. */
    public List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add("%,9d  lines mended".formatted(mended));
      lines.add("%,9d  lines as they were".formatted(unchanged));
      lines.add("%,9d  of both can be read now".formatted(accepted));
      refused.forEach(
          (reason, count) -> lines.add("%,9d  are still refused: %s".formatted(count, reason)));
      return lines;
    }
  }

  /**
   * Writes the log.
   *
   * @throws LocalStartException if the letters are of another log, or a file cannot be used
   */
  public Result write(List<Letter> letters) {
    LogFiles.requireReadable("--log", log);
    if (!format.isText()) {
      throw new LocalStartException(
          "--format must be one of lines, which can be mended: " + format.name());
    }
    if (out.toAbsolutePath().normalize().equals(log.toAbsolutePath().normalize())) {
      throw new LocalStartException("--out must not be the log itself: " + out);
    }
    Map<Long, Letter> byLine = byLine(letters);
    try {
      copy(byLine);
      return count(byLine);
    } catch (IOException e) {
      throw new LocalStartException("the mended log cannot be written: " + e.getMessage(), e);
    }
  }

  private Map<Long, Letter> byLine(List<Letter> letters) {
    Map<Long, Letter> byLine = new TreeMap<>();
    for (Letter letter : letters) {
      Path from = Path.of(letter.record().getTopic()).getFileName();
      if (from == null || !from.equals(log.getFileName())) {
        throw new LocalStartException(
            "dead letters must be of " + log.getFileName() + " as --log says: " + letter.origin());
      }
      if (letter.mended() != null && letter.mended().matches("(?s).*[\\r\\n].*")) {
        throw new LocalStartException("mended must be one line: " + letter.origin());
      }
      Letter before = byLine.get(letter.record().getOffset());
      if (before != null && before.mended() != null && letter.mended() != null) {
        if (!before.mended().equals(letter.mended())) {
          throw new LocalStartException("a line can be mended in one way: " + letter.origin());
        }
      }
      if (before == null || letter.mended() != null) {
        byLine.put(letter.record().getOffset(), letter);
      }
    }
    return byLine;
  }

  private void copy(Map<Long, Letter> byLine) throws IOException {
    long lines = 0;
    try (LineReader in = LineReader.open(log);
        OutputStream written = new BufferedOutputStream(Files.newOutputStream(out))) {
      for (byte[] line = in.next(); line != null; line = in.next()) {
        lines = in.lines();
        Letter letter = byLine.get(lines);
        boolean header = lines == 1 && format.hasHeader();
        if (letter != null) {
          written.write(content(letter, line));
        } else if (header || !only) {
          written.write(line);
        }
        written.write('\n');
      }
    }
    for (Letter letter : byLine.values()) {
      if (letter.record().getOffset() > lines) {
        throw new LocalStartException(
            log
                + " must have the line of every dead letter, but has "
                + lines
                + " lines: "
                + letter.origin());
      }
    }
  }

  /** A letter of a line that was read holds the record made of it, and the line stays. */
  private byte[] content(Letter letter, byte[] line) {
    byte[] raw = DeadLetters.raw(letter.record());
    if (!RecordOutline.of(raw).isRecord() && !Arrays.equals(raw, line)) {
      throw new LocalStartException(
          log + " must hold the line of the dead letter, but holds another: " + letter.origin());
    }
    return letter.mended() == null ? line : letter.mended().getBytes(StandardCharsets.UTF_8);
  }

  private Result count(Map<Long, Letter> byLine) throws IOException {
    Map<Rejection, Long> refused = new EnumMap<>(Rejection.class);
    long accepted = 0;
    try (LogReader reader = LogReader.open(format, out)) {
      for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
        if (byLine.containsKey(entry.line())) {
          if (entry.isRejected()) {
            refused.merge(entry.reject().reason(), 1L, Long::sum);
          } else {
            accepted++;
          }
        }
      }
    }
    long mended = byLine.values().stream().filter(letter -> letter.mended() != null).count();
    return new Result(mended, byLine.size() - mended, accepted, refused);
  }
}
