package hindcast.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.avro.Context;
import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.connectors.avro.AvroMapping;
import hindcast.feedback.Rejection;
import hindcast.feedback.RewardRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroLogTest {
  private static final LogFormat FORMAT = LogFormat.of("avro");
  private static final Schema OWN =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Event", "fields": [
                {"name": "unknown", "type": {"type": "map", "values": "string"}},
                {"name": "impression_id", "type": ["null", "string"]},
                {"name": "event_time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "item_id", "type": "int"},
                {"name": "propensity", "type": "float"},
                {"name": "context", "type": {"type": "array", "items": "float"}},
                {"name": "eligible_item_ids", "type": {"type": "array", "items": "int"}},
                {"name": "reward", "type": ["double", "null"]}]}
              """);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard"})
  void recordsOfTheContractInBlocksOfEveryCodec(String codec) throws Exception {
    List<Impression> impressions = impressions(100);
    Path file = write("log.avro", codec, impressions);
    List<LogEntry> entries = entries(FORMAT, file);
    assertThat(entries).extracting(LogEntry::impression).isEqualTo(impressions);
    assertThat(entries).extracting(LogEntry::line).startsWith(1L, 2L).endsWith(99L, 100L);
    LogScan scan = LogScan.of(FORMAT, file);
    assertThat(scan.contextDimension()).isEqualTo(2);
    assertThat(scan.lines()).isEqualTo(100);
    for (int stop : new int[] {0, 1, 13, 14, 99, 100}) {
      try (LogReader reader = LogReader.open(FORMAT, file)) {
        reader.seek(new LogReader.Position(stop, 0));
        LogEntry next = reader.next();
        assertThat(next == null ? 101 : next.line()).isEqualTo(stop + 1L);
      }
    }
  }

  @Test
  void fieldsAreFoundByNameAndBroughtToTheirTypes() throws Exception {
    Path file = own(event(1_600_000_000_123L, 7, 0.25f, 1.0));
    LogEntry entry = entries(FORMAT, file).get(0);
    Impression impression = entry.impression();
    assertThat(impression.getImpressionId()).isEqualTo("000000000001");
    assertThat(impression.getEventTimeMicros()).isEqualTo(1_600_000_000_123_000L);
    assertThat(impression.getItemId()).isEqualTo("7");
    assertThat(impression.getEligibleItemIds()).containsExactly("7", "8");
    assertThat(impression.getPropensity()).isEqualTo(0.25);
    assertThat(AvroMapping.context(impression.getContext()).values()).containsExactly(1, 2.5f);
    assertThat(entry.rewards())
        .containsExactly(
            new Reward("000000000001", "reward", impression.getEventTimeMicros(), 1.0, ""));
  }

  @Test
  void whatCannotBeUsedIsRefusedWithItsRow() throws Exception {
    Path file =
        own(
            event(1_600_000_000_000L, 7, 0.25f, null),
            event(1_600_000_000_000L, 7, 1.5f, 1.0),
            event(1_600_000_000_000L, 9, 0.5f, 1.0),
            event(-1L, 7, 0.5f, 1.0),
            event(1_600_000_000_000L, 7, 0.5f, 2.0));
    List<LogEntry> entries = entries(FORMAT, file);
    assertThat(entries.get(0).rewards()).isEmpty();
    assertThat(entries.subList(1, 5))
        .extracting(entry -> entry.reject().reason())
        .containsExactly(
            Rejection.INVALID_PROPENSITY,
            Rejection.ITEM_NOT_ELIGIBLE,
            Rejection.INVALID_TIME,
            Rejection.INVALID_REWARD);
    assertThat(new String(entries.get(1).raw(), StandardCharsets.UTF_8))
        .contains("\"propensity\":1.5", "\"itemid\":7")
        .doesNotContain("unknown");
    assertThat(entries(LogFormat.of("avro", new RewardRange(0, 5)), file).get(4).rewards().get(0))
        .extracting(Reward::getValue)
        .isEqualTo(2.0);
  }

  @Test
  void rewardsInFilesOfTheirOwnAreMergedByTime() throws Exception {
    List<Impression> impressions = impressions(3);
    Path log = write("log.avro", "null", impressions);
    Reward early = new Reward("i1", "a", impressions.get(1).getEventTimeMicros(), 0.5, "click");
    Reward late = new Reward("i0", "b", impressions.get(2).getEventTimeMicros() + 1, 1.0, "");
    Path rewards = write("rewards.avro", "deflate", List.of(early, late));
    LogScan scan = LogScan.of(FORMAT, List.of(log), List.of(rewards), entries -> {});
    List<Object> read = new ArrayList<>();
    try (LogMerge merge = new LogMerge(FORMAT, scan.pieces())) {
      for (List<LogEntry> next = merge.next(); next != null; next = merge.next()) {
        LogEntry entry = next.get(0);
        read.add(entry.impression() == null ? entry.rewards().get(0) : entry.impression());
      }
    }
    assertThat(read)
        .containsExactly(impressions.get(0), impressions.get(1), early, impressions.get(2), late);
    assertThat(scan.rewards()).isEqualTo(2);
    assertThat(scan.entries()).isEqualTo(5);
  }

  @Test
  void aFileThatIsCutIsAnErrorAndNeverAnEarlyEnd() throws Exception {
    byte[] whole = Files.readAllBytes(write("log.avro", "deflate", impressions(100)));
    int errors = 0;
    for (int length = 0; length < whole.length; length += 11) {
      Path cut = Files.write(folder.resolve("cut.avro"), Arrays.copyOf(whole, length));
      try {
        int read = entries(FORMAT, cut).size();
        assertThat(read % 14).isZero();
      } catch (IOException e) {
        errors++;
        assertThat(e).hasMessageStartingWith(cut.toString());
      }
    }
    assertThat(errors).isGreaterThan(whole.length / 12);
  }

  @Test
  void whatIsNoLogIsNamed() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "no avro at all");
    assertThatThrownBy(() -> LogReader.open(FORMAT, text))
        .isInstanceOf(IOException.class)
        .hasMessage(text + " is no Avro file: it must begin with Obj and 1");
    Path rewards =
        write("rewards.avro", "null", List.of(new Reward("i", "r", 1_000_000L, 1.0, "")));
    assertThatThrownBy(() -> LogReader.open(FORMAT, rewards))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must have a column itemid");
    Path bzip2 = write("bzip2.avro", "bzip2", impressions(1));
    assertThatThrownBy(() -> LogReader.open(FORMAT, bzip2))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "compression must be one of [deflate, null, snappy, zstandard]: bzip2");
  }

  private static List<LogEntry> entries(LogFormat format, Path file) throws IOException {
    List<LogEntry> entries = new ArrayList<>();
    try (LogReader reader = LogReader.open(format, file)) {
      for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private static List<Impression> impressions(int count) {
    List<Impression> impressions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      impressions.add(
          Impression.newBuilder()
              .setImpressionId("i" + i)
              .setEventTimeMicros(1_600_000_000_000_000L + 1_000_000L * i)
              .setSegment("s" + i % 3)
              .setContext(new Context(AvroMapping.pack(new float[] {1, i}), null))
              .setItemId("item" + i % 5)
              .setPosition(i % 4)
              .setEligibleItemIds(i % 2 == 0 ? null : List.of("item" + i % 5, "other"))
              .setPropensity(i % 7 == 0 ? null : 0.5)
              .setPolicyVersion(i)
              .build());
    }
    return impressions;
  }

  private Path own(GenericRecord... records) throws IOException {
    Path file = folder.resolve("own.avro");
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(OWN))) {
      writer.create(OWN, file.toFile());
      for (GenericRecord record : records) {
        writer.append(record);
      }
    }
    return file;
  }

  private static GenericRecord event(long millis, int item, float propensity, Double reward) {
    return new GenericRecordBuilder(OWN)
        .set("unknown", java.util.Map.of("a", "b"))
        .set("impression_id", null)
        .set("event_time", millis)
        .set("item_id", item)
        .set("propensity", propensity)
        .set(
            "context", new GenericData.Array<>(OWN.getField("context").schema(), List.of(1f, 2.5f)))
        .set("eligible_item_ids", List.of(7, 8))
        .set("reward", reward)
        .build();
  }

  /** Blocks of 14 records, the last of 2. */
  private Path write(String name, String codec, List<? extends SpecificRecord> records)
      throws IOException {
    Path file = folder.resolve(name);
    Schema schema = records.get(0).getSchema();
    try (DataFileWriter<SpecificRecord> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(schema))) {
      writer.setCodec(CodecFactory.fromString(codec));
      writer.create(schema, file.toFile());
      for (int k = 0; k < records.size(); k++) {
        writer.append(records.get(k));
        if (k % 14 == 13) {
          writer.sync();
        }
      }
    }
    return file;
  }
}
