package hindcast.connectors.deadletter;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.avro.DeadLetter;
import hindcast.connectors.kafka.RawRecord;
import hindcast.feedback.Reject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Makes dead letters and shows them. */
public final class DeadLetters {
  /** Append time in a dead letter of a record no broker has stored. */
  public static final long UNKNOWN_APPEND_TIME = -1;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEX = "0123456789abcdef";

  private DeadLetters() {}

  /** The dead letter of a refused record: its origin, the reason and its bytes as they came. */
  public static DeadLetter of(RawRecord record, Reject reject) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    return new DeadLetter(
        record.topic(),
        record.partition(),
        record.offset(),
        record.stream(),
        reject.reason().name(),
        reject.detail(),
        Math.max(UNKNOWN_APPEND_TIME, record.appendTimeMillis()),
        ByteBuffer.wrap(value));
  }

  /**
   * A dead letter as one line of JSON: the bytes in base64 as {@code raw}, to send again, and as
   * {@code text} for people: bytes outside printable ASCII as {@code \xHH}, a backslash as two.
   */
  public static String toJson(DeadLetter letter) {
    return toNode(letter).toString();
  }

  /** The object of {@link #toJson}, to add to. */
  public static ObjectNode toNode(DeadLetter letter) {
    byte[] raw = raw(letter);
    return JSON.createObjectNode()
        .put("topic", letter.getTopic())
        .put("partition", letter.getPartition())
        .put("offset", letter.getOffset())
        .put("stream", letter.getStream().name())
        .put("reason", letter.getReason())
        .put("detail", letter.getDetail())
        .put("appendTimeMillis", letter.getAppendTimeMillis())
        .put("raw", Base64.getEncoder().encodeToString(raw))
        .put("text", printable(raw));
  }

  /** The bytes as they came. */
  public static byte[] raw(DeadLetter letter) {
    byte[] raw = new byte[letter.getRaw().remaining()];
    letter.getRaw().duplicate().get(raw);
    return raw;
  }

  /** Bytes for people: those outside printable ASCII as {@code \xHH}, a backslash as two. */
  public static String printable(byte[] raw) {
    StringBuilder text = new StringBuilder(raw.length);
    for (byte b : raw) {
      if (b == '\\') {
        text.append("\\\\");
      } else if (b >= ' ' && b <= '~') {
        text.append((char) b);
      } else {
        text.append("\\x").append(HEX.charAt((b >> 4) & 0xF)).append(HEX.charAt(b & 0xF));
      }
    }
    return text.toString();
  }

  /** The bytes of one line, line break included. */
  static byte[] line(DeadLetter letter) {
    return (toJson(letter) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
