package hindcast.connectors.deadletter;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.avro.DeadLetter;
import hindcast.connectors.kafka.RawRecord;
import hindcast.feedback.Reject;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Makes dead letters and shows them. */
public final class DeadLetters {
  private static final ObjectMapper JSON = new ObjectMapper();

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
        record.appendTimeMillis(),
        ByteBuffer.wrap(value));
  }

  /**
   * A dead letter as one line of JSON: the bytes in base64 as {@code raw}, and as {@code text}
   * where they are UTF-8.
   */
  public static String toJson(DeadLetter letter) {
    byte[] raw = new byte[letter.getRaw().remaining()];
    letter.getRaw().duplicate().get(raw);
    ObjectNode node =
        JSON.createObjectNode()
            .put("topic", letter.getTopic())
            .put("partition", letter.getPartition())
            .put("offset", letter.getOffset())
            .put("stream", letter.getStream().name())
            .put("reason", letter.getReason())
            .put("detail", letter.getDetail())
            .put("raw", Base64.getEncoder().encodeToString(raw));
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw));
      node.put("text", text.toString());
    } catch (CharacterCodingException e) {
      node.putNull("text");
    }
    return node.toString();
  }
}
