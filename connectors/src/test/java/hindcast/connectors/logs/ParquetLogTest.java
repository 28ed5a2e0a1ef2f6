package hindcast.connectors.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.connectors.avro.AvroMapping;
import hindcast.feedback.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetLogTest {
  private static final LogFormat FORMAT = LogFormat.of("parquet");
  private static final long START = 1_600_000_000_000L;
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message log {
            optional binary impression_id (STRING);
            optional int64 event_time (TIMESTAMP(MILLIS,true));
            required binary item_id (STRING);
            optional int32 position;
            optional double propensity;
            optional group context (LIST) { repeated group list { optional float element; } }
            optional group eligible_item_ids (LIST) { repeated binary array (STRING); }
            optional group rewards (LIST) {
              repeated group list {
                optional group element {
                  required double value;
                  optional binary kind (STRING);
                  optional int64 event_time (TIMESTAMP(MICROS,true));
                }
              }
            }
            optional binary unread;
          }
          """);

  @TempDir Path folder;

  @Test
  void rowsOfSeveralGroupsAreReadAndGoneToAgain() throws Exception {
    Path file = write("log.parquet", SCHEMA, rows(300));
    List<LogEntry> entries = entries(file);
    assertThat(entries).hasSize(300).allSatisfy(entry -> assertThat(entry.reject()).isNull());
    Impression impression = entries.get(41).impression();
    assertThat(impression.getImpressionId()).isEqualTo("i41");
    assertThat(impression.getEventTimeMicros()).isEqualTo(1_000 * (START + 41));
    assertThat(impression.getItemId()).isEqualTo("b");
    assertThat(impression.getPosition()).isEqualTo(1);
    assertThat(impression.getPropensity()).isEqualTo(0.5);
    assertThat(impression.getEligibleItemIds()).containsExactly("a", "b");
    assertThat(AvroMapping.context(impression.getContext()).values()).containsExactly(1, 41);
    assertThat(entries.get(41).rewards())
        .containsExactly(
            new Reward("i41", "r0", impression.getEventTimeMicros() + 5, 0.25, "click"));
    assertThat(entries.get(40).rewards()).isEmpty();
    for (int stop : new int[] {1, 99, 100, 101, 250, 300}) {
      try (LogReader reader = LogReader.open(FORMAT, file)) {
        reader.seek(new LogReader.Position(stop, 0));
        LogEntry next = reader.next();
        assertThat(next == null ? 301 : next.line()).isEqualTo(stop + 1L);
      }
    }
  }

  @Test
  void whatCannotBeUsedIsRefused() throws Exception {
    List<Group> rows = rows(4);
    rows.add(new SimpleGroupFactory(SCHEMA).newGroup().append("item_id", "a"));
    Group wrong = new SimpleGroupFactory(SCHEMA).newGroup().append("item_id", "a");
    wrong.addGroup("context").addGroup("list").append("element", 1f);
    wrong.append("event_time", START);
    rows.add(wrong);
    List<LogEntry> entries = entries(write("log.parquet", SCHEMA, rows));
    assertThat(entries.subList(0, 4)).allSatisfy(entry -> assertThat(entry.reject()).isNull());
    assertThat(entries.get(4).reject().reason()).isEqualTo(Rejection.MISSING_FIELD);
    assertThat(entries.get(5).reject().reason()).isEqualTo(Rejection.INVALID_CONTEXT);
    assertThat(entries.get(5).reject().detail())
        .isEqualTo("context must have 2 features as in the first row: 1");
  }

  @Test
  void flatColumnsOfOtherTypes() throws Exception {
    MessageType flat =
        MessageTypeParser.parseMessageType(
            """
            message log {
              required int64 itemId;
              required int96 eventTime;
              required int32 propensity (DECIMAL(9,2));
              required boolean reward;
              repeated double context;
            }
            """);
    Group row =
        new SimpleGroupFactory(flat)
            .newGroup()
            .append("itemId", 7L)
            .append(
                "eventTime", new org.apache.parquet.example.data.simple.NanoTime(2_440_589, 5_000))
            .append("propensity", 25)
            .append("reward", true)
            .append("context", 1.0)
            .append("context", 2.0);
    LogEntry entry = entries(write("flat.parquet", flat, List.of(row))).get(0);
    Impression impression = entry.impression();
    assertThat(impression.getItemId()).isEqualTo("7");
    assertThat(impression.getEventTimeMicros()).isEqualTo(86_400_000_005L);
    assertThat(impression.getPropensity()).isEqualTo(0.25);
    assertThat(AvroMapping.context(impression.getContext()).values()).containsExactly(1, 2);
    assertThat(entry.rewards()).extracting(Reward::getValue).containsExactly(1.0);
  }

  @Test
  void aFileThatIsCutOrNoParquetIsRefusedInOneLine() throws Exception {
    byte[] whole = Files.readAllBytes(write("log.parquet", SCHEMA, rows(50)));
    for (int length = 0; length < whole.length; length += 41) {
      Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> entries(cut))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(cut.toString())
          .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }
    MessageType other = MessageTypeParser.parseMessageType("message log { required int32 a; }");
    Path file =
        write(
            "other.parquet",
            other,
            List.of(new SimpleGroupFactory(other).newGroup().append("a", 1)));
    assertThatThrownBy(() -> LogReader.open(FORMAT, file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no parquet log");
  }

  private static List<Group> rows(int count) {
    SimpleGroupFactory factory = new SimpleGroupFactory(SCHEMA);
    List<Group> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Group row = factory.newGroup();
      row.append("impression_id", "i" + i)
          .append("event_time", START + i)
          .append("item_id", i % 2 == 0 ? "a" : "b")
          .append("position", i % 4)
          .append("propensity", 0.5);
      Group context = row.addGroup("context");
      context.addGroup("list").append("element", 1f);
      context.addGroup("list").append("element", (float) i);
      row.addGroup("eligible_item_ids").append("array", "a").append("array", "b");
      Group rewards = row.addGroup("rewards");
      if (i % 2 == 1) {
        rewards
            .addGroup("list")
            .addGroup("element")
            .append("value", 0.25)
            .append("kind", "click")
            .append("event_time", 1_000 * (START + i) + 5);
      }
      rows.add(row.append("unread", "x".repeat(200)));
    }
    return rows;
  }

  private static List<LogEntry> entries(Path file) throws IOException {
    List<LogEntry> entries = new ArrayList<>();
    try (LogReader reader = LogReader.open(FORMAT, file)) {
      for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** Row groups of 100 rows. */
  private Path write(String name, MessageType schema, List<Group> rows) throws IOException {
    Path file = folder.resolve(name);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .withRowGroupRowCountLimit(100)
            .build()) {
      for (Group row : rows) {
        writer.write(row);
      }
    }
    return file;
  }
}
