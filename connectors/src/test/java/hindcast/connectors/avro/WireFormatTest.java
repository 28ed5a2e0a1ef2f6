package hindcast.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.feedback.Rejection;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireFormatTest {
  private final WireFormat wire = new WireFormat();

  static Iterable<SpecificRecord> records() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyRecordComesBackEqual(SpecificRecord record) {
    Decoded decoded = wire.decode(wire.encode(record));
    assertThat(decoded.reject()).isNull();
    assertThat(decoded.record()).isEqualTo(record);
  }

  @ParameterizedTest
  @MethodSource("records")
  void theBytesAreAvroSingleObjectEncoding(SpecificRecord record) throws Exception {
    SpecificData model = new SpecificData();
    ByteBuffer reference =
        new BinaryMessageEncoder<SpecificRecord>(model, record.getSchema()).encode(record);
    SpecificRecord read =
        new BinaryMessageDecoder<SpecificRecord>(model, record.getSchema())
            .decode(wire.encode(record));
    assertThat(wire.decode(toArray(reference)).record()).isEqualTo(record);
    assertThat(read).isEqualTo(record);
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyTruncationIsMalformed(SpecificRecord record) {
    byte[] bytes = wire.encode(record);
    for (int length = 0; length < bytes.length; length++) {
      Decoded decoded = wire.decode(Arrays.copyOf(bytes, length));
      assertThat(decoded.isRejected()).isTrue();
      assertThat(decoded.reject().reason()).isEqualTo(Rejection.MALFORMED);
    }
  }

  @Test
  void bytesAfterTheRecordAreMalformed() {
    byte[] bytes = wire.encode(new Reward("i", "r", 1L, 1.0, ""));
    Decoded decoded = wire.decode(Arrays.copyOf(bytes, bytes.length + 1));
    assertThat(decoded.reject().reason()).isEqualTo(Rejection.MALFORMED);
    assertThat(decoded.reject().detail()).contains("1 bytes left over");
  }

  @Test
  void anUnknownFingerprintIsNamed() {
    byte[] bytes = wire.encode(new Reward("i", "r", 1L, 1.0, ""));
    Arrays.fill(bytes, 2, 10, (byte) 0xEE);
    Decoded decoded = wire.decode(bytes);
    assertThat(decoded.reject().reason()).isEqualTo(Rejection.UNKNOWN_SCHEMA);
    assertThat(decoded.reject().detail()).contains("eeeeeeeeeeeeeeee");
  }

  @Test
  void aFailedEncodingLeavesNothingBehind() {
    Reward broken = new Reward();
    assertThat(catchEncode(broken)).isInstanceOf(RuntimeException.class);
    Reward good = new Reward("i", "r", 1L, 1.0, "");
    assertThat(wire.decode(wire.encode(good)).record()).isEqualTo(good);
  }

  @Test
  void aRecordOfAReleasedSchemaIsRead() throws Exception {
    var released =
        new org.apache.avro.Schema.Parser()
            .parse(
                WireFormat.class.getResourceAsStream(
                    "/hindcast/schema-history/Impression/v1.avsc"));
    Impression impression = Samples.impression("old", 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    GenericData.Record old = new GenericData.Record(released);
    released.getFields().forEach(field -> old.put(field.name(), impression.get(field.name())));
    new BinaryMessageEncoder<GenericData.Record>(new SpecificData(), released).encode(old, bytes);
    assertThat(wire.decode(bytes.toByteArray()).record()).isEqualTo(impression);
  }

  private Throwable catchEncode(SpecificRecord record) {
    return org.assertj.core.api.Assertions.catchThrowable(() -> wire.encode(record));
  }

  private static byte[] toArray(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
