package hindcast.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class RecordOutlineTest {
  private final WireFormat wire = new WireFormat();

  @Test
  void aWholeRecordHasEveryFieldAndNoFault() {
    for (SpecificRecord sample : Samples.all()) {
      RecordOutline outline = RecordOutline.of(wire.encode(sample));
      assertThat(outline.schema()).isEqualTo(sample.getSchema().getName());
      assertThat(outline.fault()).isEmpty();
    }
    assertThat(RecordOutline.of(wire.encode(Samples.impression("00001", 5))).fields())
        .containsEntry("impressionId", "00001")
        .containsEntry("eventTimeMicros", "5")
        .containsEntry("context.sparse.indices[1]", "7")
        .containsEntry("eligibleItemIds[0]", "item-ä-7")
        .containsEntry("propensity", "0.25");
  }

  @Test
  void aCutRecordHasTheFieldsBeforeTheCut() {
    for (SpecificRecord sample : Samples.all()) {
      byte[] whole = wire.encode(sample);
      int fields = 0;
      for (int length = WireFormat.HEADER_LENGTH; length < whole.length; length++) {
        RecordOutline outline = RecordOutline.of(Arrays.copyOf(whole, length));
        assertThat(outline.fault()).isNotEmpty();
        assertThat(outline.fields().size()).isGreaterThanOrEqualTo(fields);
        fields = outline.fields().size();
      }
      assertThat(RecordOutline.of(Arrays.copyOf(whole, whole.length + 2)).fault())
          .isEqualTo("2 bytes left over");
    }
  }

  @Test
  void whatIsNoRecordHasNoFields() {
    for (byte[] bytes : new byte[][] {null, {}, {1, 2}, new byte[20]}) {
      RecordOutline outline = RecordOutline.of(bytes);
      assertThat(outline.isRecord()).isFalse();
      assertThat(outline.fields()).isEmpty();
      assertThat(outline.fault()).isNotBlank();
    }
  }

  @Test
  void damagedRecordsNeverThrow() {
    Random random = new Random(20260104);
    for (SpecificRecord sample : Samples.all()) {
      byte[] whole = wire.encode(sample);
      for (int round = 0; round < 500; round++) {
        byte[] bytes = whole.clone();
        for (int damage = 0; damage <= random.nextInt(3); damage++) {
          int at = WireFormat.HEADER_LENGTH;
          bytes[at + random.nextInt(bytes.length - at)] = (byte) random.nextInt();
        }
        RecordOutline outline = RecordOutline.of(bytes);
        assertThat(outline.isRecord()).isTrue();
        if (!wire.decode(bytes).isRejected()) {
          assertThat(outline.fault()).isEmpty();
        }
      }
    }
  }
}
