package hindcast.connectors.logs;

import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.feedback.Reject;
import java.util.List;

/**
 * What one line of a log says: an impression with its rewards, rewards alone, or nothing that can
 * be used.
 *
 * @param line number of the line in its file, from 1, a header included
 * @param raw the bytes of the line without its line break; of a refused row of a binary format the
 *     row as JSON, of another none
 * @param impression the impression, or null if the line was refused or holds rewards alone
 * @param rewards the rewards; empty for reward 0 or a refused line
 * @param reject why the line was refused, or null
 * @param row the probability of each eligible item, in the order of the impression's eligible
 *     items; null where the log has none
 */
public record LogEntry(
    long line,
    byte[] raw,
    Impression impression,
    List<Reward> rewards,
    Reject reject,
    double[] row) {
  public LogEntry {
    rewards = List.copyOf(rewards);
    boolean usable = impression != null || !rewards.isEmpty();
    if (usable == (reject != null)) {
      throw new IllegalArgumentException(
          "entry must hold an impression, rewards or a reject: line " + line);
    }
  }

  LogEntry(long line, byte[] raw, Impression impression, List<Reward> rewards, Reject reject) {
    this(line, raw, impression, rewards, reject, null);
  }

  static LogEntry rejected(long line, byte[] raw, Reject reject) {
    return new LogEntry(line, raw, null, List.of(), reject);
  }

  /** Rewards of impressions that are elsewhere; at least one. */
  static LogEntry ofRewards(long line, byte[] raw, List<Reward> rewards) {
    return new LogEntry(line, raw, null, rewards, null);
  }

  /** Event time of a line that was not refused: of the impression, else of the first reward. */
  public long timeMicros() {
    return impression != null
        ? impression.getEventTimeMicros()
        : rewards.get(0).getEventTimeMicros();
  }

  /** The same entry at another line. */
  public LogEntry at(long newLine) {
    return newLine == line ? this : new LogEntry(newLine, raw, impression, rewards, reject, row);
  }

  /** Whether the line was refused. */
  public boolean isRejected() {
    return reject != null;
  }
}
