package hindcast.local.letters;

import hindcast.avro.DeadLetter;
import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.connectors.avro.Decoded;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.deadletter.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One refused record.
 *
 * @param record where it came from, why it was refused, and its bytes
 * @param mended text that takes the place of the bytes in a replay, or null
 */
public record Letter(DeadLetter record, String mended) {

  /** The same for two letters of one refusal: origin, stream and reason. */
  String key() {
    return origin() + "/" + record.getStream() + "/" + record.getReason();
  }

  /** {@code topic/partition/offset}, or {@code file/0/line}. */
  public String origin() {
    return record.getTopic() + "/" + record.getPartition() + "/" + record.getOffset();
  }

  /** The bytes to replay. */
  byte[] bytes() {
    return mended == null ? DeadLetters.raw(record) : mended.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * When it happened: when the broker stored it, else the event time it claims; null where neither
   * is known, as for a line of a log.
   */
  public Instant time() {
    if (record.getAppendTimeMillis() >= 0) {
      return Instant.ofEpochMilli(record.getAppendTimeMillis());
    }
    Decoded decoded = WireFormat.ofThread().decode(DeadLetters.raw(record));
    if (decoded.record() instanceof Impression impression) {
      return instant(impression.getEventTimeMicros());
    }
    return decoded.record() instanceof Reward reward ? instant(reward.getEventTimeMicros()) : null;
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, java.time.temporal.ChronoUnit.MICROS);
  }
}
