package hindcast.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.Feedback;
import hindcast.avro.Impression;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.Reward;
import hindcast.feedback.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bytes nobody should send, each with a name, and many more from a seeded generator. */
class BrokenRecordsTest {
  private static final String FORTY_GIGABYTES = "80808080d802";
  private static final String HUGE_COUNT = "feffffffffffffffff01";

  private final WireFormat wire = new WireFormat();

  private static Map<String, byte[]> corpus() {
    Map<String, byte[]> corpus = new TreeMap<>();
    corpus.put("nothing", null);
    corpus.put("empty", new byte[0]);
    corpus.put("one byte", hex("c3"));
    corpus.put("marker only", hex("c301"));
    corpus.put("wrong marker", hex("c3020000000000000000"));
    corpus.put("json", "{\"impressionId\":\"1\"}".getBytes(StandardCharsets.UTF_8));
    corpus.put("schema registry framing", hex("00000000010a68656c6c6f"));
    corpus.put("header without body", body(Impression.SCHEMA$, ""));
    corpus.put("string of 2 GB", body(Impression.SCHEMA$, "feffffff0f"));
    corpus.put("string of 40 GB", body(Impression.SCHEMA$, FORTY_GIGABYTES));
    corpus.put("string of negative length", body(Impression.SCHEMA$, "01"));
    corpus.put(
        "string that is not UTF-8", body(Reward.SCHEMA$, "04c328" + "0261" + "02" + zeros(8)));
    corpus.put("number of 11 bytes", body(Reward.SCHEMA$, "0261026180808080808080808080808001"));
    corpus.put("bytes of 40 GB", body(Impression.SCHEMA$, "0261020261" + "02" + FORTY_GIGABYTES));
    corpus.put(
        "array of 2^62 items", body(Impression.SCHEMA$, "0261020261" + "0002" + "14" + HUGE_COUNT));
    corpus.put(
        "array of -2^63 items",
        body(Impression.SCHEMA$, "0261020261" + "0002" + "14" + "ffffffffffffffffff01"));
    corpus.put("map of 2^62 items", body(PolicyCheckpoint.SCHEMA$, checkpointHead() + HUGE_COUNT));
    corpus.put("union branch 7", body(Impression.SCHEMA$, "0261020261" + "0e"));
    corpus.put("union branch -1", body(Impression.SCHEMA$, "0261020261" + "01"));
    corpus.put("enum symbol 99", feedbackWithEnum("c601"));
    corpus.put("enum symbol -1", feedbackWithEnum("01"));
    return corpus;
  }

  @TestFactory
  Stream<DynamicTest> eachIsRefused() {
    return corpus().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      Decoded decoded = wire.decode(entry.getValue());
                      assertThat(decoded.isRejected()).isTrue();
                      assertThat(decoded.reject().reason()).isEqualTo(Rejection.MALFORMED);
                      assertThat(decoded.reject().detail()).isNotBlank();
                    }));
  }

  @Test
  void randomBytesBehindEachHeaderNeverThrow() {
    Random random = new Random(20260101);
    for (SpecificRecord sample : Samples.all()) {
      byte[] header = wire.encode(sample);
      for (int round = 0; round < 2000; round++) {
        byte[] bytes = new byte[WireFormat.HEADER_LENGTH + random.nextInt(64)];
        random.nextBytes(bytes);
        System.arraycopy(header, 0, bytes, 0, WireFormat.HEADER_LENGTH);
        assertThat(wire.decode(bytes)).isNotNull();
      }
    }
  }

  @Test
  void damagedRecordsNeverThrow() {
    Random random = new Random(20260102);
    for (SpecificRecord sample : Samples.all()) {
      byte[] whole = wire.encode(sample);
      for (int round = 0; round < 2000; round++) {
        byte[] bytes = whole.clone();
        for (int damage = 0; damage <= random.nextInt(3); damage++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        Decoded decoded = wire.decode(bytes);
        assertThat(decoded).isNotNull();
        if (!decoded.isRejected()) {
          assertThat(wire.decode(wire.encode(decoded.record()))).isEqualTo(decoded);
        }
      }
    }
  }

  private static byte[] feedbackWithEnum(String symbol) {
    String head = "0261" + "02" + "0261" + "0208" + zeros(4) + "00" + "0261" + "00" + "00" + "00";
    String tail = "0261" + "02" + zeros(8) + "02" + zeros(8);
    return body(Feedback.SCHEMA$, head + tail + symbol + zeros(24));
  }

  private static String checkpointHead() {
    return "0261" + "02" + "0261" + "02" + "02" + "0261" + "00" + "0261" + "0261" + "02" + "02";
  }

  private static byte[] body(Schema schema, String hexBody) {
    long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
    String header = "c301" + HexFormat.of().toHexDigits(Long.reverseBytes(fingerprint));
    return hex(header + hexBody);
  }

  private static String zeros(int bytes) {
    return "00".repeat(bytes);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
