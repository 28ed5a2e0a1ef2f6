package hindcast.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.avro.SparseFeatures;
import hindcast.cli.Hindcast;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.logs.LogEntry;
import hindcast.connectors.logs.LogFormat;
import hindcast.connectors.logs.LogReader;
import hindcast.local.BanditLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One log as csv, as Avro with its rewards in a file of their own, and as Parquet: one report. */
class BinaryLogITCase {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message log {
            required binary impression_id (STRING);
            required int64 event_time (TIMESTAMP(MICROS,true));
            required binary item_id (STRING);
            required binary segment (STRING);
            required int32 position;
            required double propensity;
            optional double reward;
            required group context {
              required group sparse {
                required int32 dimension;
                repeated int32 indices;
                repeated float values;
              }
            }
          }
          """);

  @TempDir Path folder;
  private Path csv;
  private List<LogEntry> entries;

  @BeforeEach
  void write() throws Exception {
    csv = folder.resolve("log.csv");
    BanditLog.write(csv, 900);
    List<String> lines = new ArrayList<>(Files.readAllLines(csv));
    lines.removeAll(BanditLog.broken());
    Files.write(csv, lines);
    entries = new ArrayList<>();
    try (LogReader reader = LogReader.open(LogFormat.of("obd"), csv)) {
      for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
        entries.add(entry);
      }
    }
  }

  @Test
  void theReportIsThatOfTheLogInCsv() throws Exception {
    String expected = report("obd", csv);
    List<Impression> impressions = entries.stream().map(LogEntry::impression).toList();
    Path days = Files.createDirectory(folder.resolve("days"));
    avro(days.resolve("2"), impressions.subList(0, 400));
    avro(days.resolve("1"), impressions.subList(400, 900));
    Path rewards = folder.resolve("rewards.avro");
    avro(rewards, entries.stream().flatMap(entry -> entry.rewards().stream()).toList());
    assertThat(report("avro", days, "--rewards", rewards.toString())).isEqualTo(expected);
    assertThat(report("parquet", parquet())).isEqualTo(expected);
  }

  private static void avro(Path file, List<? extends SpecificRecord> records) throws IOException {
    Schema schema = records.get(0).getSchema();
    try (DataFileWriter<SpecificRecord> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(schema))) {
      writer.setCodec(CodecFactory.deflateCodec(6));
      writer.create(schema, file.toFile());
      for (SpecificRecord record : records) {
        writer.append(record);
      }
    }
  }

  private Path parquet() throws IOException {
    Path file = folder.resolve("log.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(SCHEMA)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .withRowGroupRowCountLimit(250)
            .build()) {
      for (LogEntry entry : entries) {
        writer.write(row(entry));
      }
    }
    return file;
  }

  private static Group row(LogEntry entry) {
    Impression impression = entry.impression();
    Group row = new SimpleGroupFactory(SCHEMA).newGroup();
    row.append("impression_id", impression.getImpressionId())
        .append("event_time", impression.getEventTimeMicros())
        .append("item_id", impression.getItemId())
        .append("segment", impression.getSegment())
        .append("position", impression.getPosition())
        .append("propensity", impression.getPropensity());
    for (Reward reward : entry.rewards()) {
      row.append("reward", reward.getValue());
    }
    SparseFeatures features = impression.getContext().getSparse();
    Group sparse = row.addGroup("context").addGroup("sparse");
    sparse.append("dimension", features.getDimension());
    features.getIndices().forEach(index -> sparse.append("indices", index.intValue()));
    for (float value : AvroMapping.unpack(features.getValues())) {
      sparse.append("values", value);
    }
    return row;
  }

  private String report(String format, Path log, String... options) throws Exception {
    Path report = folder.resolve("report.json");
    List<String> arguments =
        new ArrayList<>(List.of("replay", "--format", format, "--log", log.toString()));
    arguments.addAll(List.of("--evaluate", "uniform", "--learn", "clpi"));
    arguments.addAll(List.of("--report", report.toString()));
    arguments.addAll(List.of(options));
    assertThat(Hindcast.execute(arguments.toArray(String[]::new))).isZero();
    return Files.readString(report)
        .replaceAll("(?s),\\s*\"throughput\".*", "")
        .replace("\"" + format + "\"", "\"FORMAT\"");
  }
}
