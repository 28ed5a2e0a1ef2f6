package hindcast.connectors.logs;

import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.feedback.Reject;
import java.util.List;

/**
 * What one line of a log says.
 *
 * @param line number of the line, from 1, a header included
 * @param raw the bytes of the line without its line break
 * @param impression the impression, or null if the line was refused
 * @param rewards its rewards; empty for reward 0 or a refused line
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
    if ((impression == null) == (reject == null)) {
      throw new IllegalArgumentException("entry must hold an impression or a reject: line " + line);
    }
    rewards = List.copyOf(rewards);
  }

  LogEntry(long line, byte[] raw, Impression impression, List<Reward> rewards, Reject reject) {
    this(line, raw, impression, rewards, reject, null);
  }

  static LogEntry rejected(long line, byte[] raw, Reject reject) {
    return new LogEntry(line, raw, null, List.of(), reject);
  }

  /** Whether the line was refused. */
  public boolean isRejected() {
    return reject != null;
  }
}
