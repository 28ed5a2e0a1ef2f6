package hindcast.connectors.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.avro.DeadLetter;
import hindcast.avro.InputStream;
import hindcast.connectors.kafka.InputDecoder;
import hindcast.connectors.kafka.RawRecord;
import hindcast.feedback.Reject;
import hindcast.feedback.Rejection;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
  private static final Reject REJECT = new Reject(Rejection.INVALID_POSITION, "position: -1");

  @Test
  void originReasonAndBytesAreKept() {
    byte[] raw = {1, 2, 3};
    RawRecord record =
        new InputDecoder(Duration.ZERO).decode(InputStream.REWARDS, "rewards", 2, 77, 9, raw);
    DeadLetter letter = DeadLetters.of(record, record.reject());
    assertThat(letter.getTopic()).isEqualTo("rewards");
    assertThat(letter.getPartition()).isEqualTo(2);
    assertThat(letter.getOffset()).isEqualTo(77);
    assertThat(letter.getStream()).isEqualTo(InputStream.REWARDS);
    assertThat(letter.getReason()).isEqualTo("MALFORMED");
    assertThat(letter.getAppendTimeMillis()).isEqualTo(9);
    assertThat(letter.getRaw().array()).isEqualTo(raw);
  }

  @Test
  void aRecordWithoutValueOrAppendTime() {
    DeadLetter letter = DeadLetters.of(poison(null), REJECT);
    assertThat(letter.getAppendTimeMillis()).isEqualTo(-1);
    assertThat(letter.getRaw().remaining()).isZero();
    assertThat(letter.getReason()).isEqualTo("INVALID_POSITION");
  }

  @Test
  void jsonLinesHoldTheBytesTwice() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] raw = "a\\b\u00e9\n\"".getBytes(StandardCharsets.UTF_8);
    try (DeadLetterJsonWriter writer = new DeadLetterJsonWriter(out)) {
      writer.write(DeadLetters.of(poison(raw), REJECT));
      writer.write(DeadLetters.of(poison("plain".getBytes(StandardCharsets.UTF_8)), REJECT));
    }
    String[] lines = out.toString(StandardCharsets.UTF_8).split("\n");
    assertThat(lines).hasSize(2);
    JsonNode first = new ObjectMapper().readTree(lines[0]);
    assertThat(first.get("raw").binaryValue()).isEqualTo(raw);
    assertThat(first.get("text").asText()).isEqualTo("a\\\\b\\xc3\\xa9\\x0a\"");
    assertThat(first.get("reason").asText()).isEqualTo("INVALID_POSITION");
    assertThat(first.get("offset").asLong()).isEqualTo(5);
    assertThat(new ObjectMapper().readTree(lines[1]).get("text").asText()).isEqualTo("plain");
  }

  private static RawRecord poison(byte[] raw) {
    return RawRecord.poison(
        InputStream.IMPRESSIONS, "log.csv", 0, 5, RawRecord.NO_APPEND_TIME, raw, REJECT);
  }
}
