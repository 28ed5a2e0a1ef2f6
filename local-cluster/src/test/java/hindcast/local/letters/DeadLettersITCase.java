package hindcast.local.letters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.avro.Context;
import hindcast.avro.DeadLetter;
import hindcast.avro.Impression;
import hindcast.avro.InputStream;
import hindcast.avro.Reward;
import hindcast.avro.TimeMarker;
import hindcast.cli.Hindcast;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.kafka.RecordKeys;
import hindcast.connectors.kafka.Topics;
import hindcast.local.BanditLog;
import hindcast.local.EmbeddedKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Letters of a log and of a broker, replayed after a fix. */
class DeadLettersITCase {
  private static final Topics TOPICS = new Topics("");

  @TempDir Path folder;

  private final WireFormat wire = new WireFormat();
  private final StringWriter out = new StringWriter();

  /** A reward of 5 is refused under the default range, and accepted by reward.max=5. */
  @Test
  void ofABrokerEachIsSentOnceAndTheBrokenOnesStay() throws Exception {
    Path data = folder.resolve("demo");
    byte[] reward = wire.encode(new Reward("i1", "click", 1_500_000L, 5.0, ""));
    byte[] marker = wire.encode(new TimeMarker(2_000_000L, false));
    byte[] impression = wire.encode(impression("i1"));
    try (EmbeddedKafka kafka = EmbeddedKafka.start(0, data.resolve("kafka"));
        var admin = kafka.admin()) {
      TOPICS.create(admin, 2, (short) 1);
      int inRewards = produce(kafka, TOPICS.rewards(), reward);
      int inImpressions = produce(kafka, TOPICS.impressions(), impression);
      List<DeadLetter> letters =
          List.of(
              letter(InputStream.REWARDS, inRewards, 0, "INVALID_REWARD", reward),
              letter(InputStream.IMPRESSIONS, inImpressions, 0, "UNKNOWN_SCHEMA", impression),
              letter(InputStream.IMPRESSIONS, 0, 4, "MALFORMED", new byte[] {1, 2}),
              letter(InputStream.REWARDS, 0, 5, "LATE", reward),
              letter(InputStream.REWARDS, 0, 6, "FUTURE_TIME", marker),
              letter(InputStream.CATALOGUE, 0, 0, "INVALID_ID", new byte[] {3}));
      for (DeadLetter letter : letters) {
        produce(kafka, TOPICS.deadLetters(), wire.encode(letter));
        produce(kafka, TOPICS.deadLetters(), wire.encode(letter));
      }
      String bootstrap = " --bootstrap " + kafka.bootstrapServers();
      assertThat(run("list" + bootstrap)).isZero();
      assertThat(out.toString()).contains("6  dead letters", "6  repetitions", "1  LATE");
      assertThat(run("replay" + bootstrap)).isEqualTo(1);
      assertThat(out.toString())
          .contains("1  sent\n", "0  sent before", "1  stay: still refused: INVALID_REWARD")
          .contains("1  stay: still refused: MALFORMED", "1  stay: late")
          .contains("1  stay: a time marker", "1  stay: no impression or reward");
      assertThat(run("replay --set reward.max=5" + bootstrap)).isEqualTo(1);
      assertThat(out.toString()).contains("1  sent\n", "1  sent before");
      assertThat(replayed(kafka, TOPICS.rewards()))
          .containsExactly(Map.entry("i1", TOPICS.rewards() + "/" + inRewards + "/0"));
      assertThat(replayed(kafka, TOPICS.impressions()))
          .containsExactly(Map.entry("i1", TOPICS.impressions() + "/" + inImpressions + "/0"));
    }
    assertThat(run("replay --set reward.max=5 --reason INVALID_REWARD --data-dir " + data))
        .isZero();
    assertThat(out.toString()).contains("0  sent\n", "1  sent before");
    assertThat(run("show --json --reason malformed --data-dir " + data)).isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).get("offset").asInt()).isEqualTo(4);
  }

  @Test
  void ofALogTheMendedOneEndsAsTheCleanOne() throws Exception {
    Path log = folder.resolve("log.csv");
    BanditLog.write(log, 600);
    Path letters = folder.resolve("letters.jsonl");
    String broken = report(log, "--dead-letters", letters.toString());

    List<String> clean = new ArrayList<>(Files.readAllLines(log));
    clean.replaceAll(line -> BanditLog.broken().contains(line) ? mended(line, clean) : line);
    Path cleanLog = folder.resolve("clean.csv");
    Files.writeString(cleanLog, String.join("\n", clean) + "\n");
    mend(letters, clean);

    Path mendedLog = folder.resolve("mended.csv");
    String replay = "replay " + letters + " --format obd --log " + log + " --out " + mendedLog;
    assertThat(run(replay)).isZero();
    assertThat(out.toString())
        .contains(BanditLog.broken().size() + "  lines mended", "0  lines as they were");
    String mended = report(mendedLog);
    assertThat(mended).isEqualTo(report(cleanLog)).isNotEqualTo(broken);
    assertThat(mended).contains("\"events\" : " + (600 + BanditLog.broken().size()));
  }

  /** A good row, the one before it but for the number in its first column. */
  private static String mended(String broken, List<String> lines) {
    int at = lines.indexOf(broken);
    String before = lines.get(at - 1);
    return at + before.substring(before.indexOf(','));
  }

  private static void mend(Path letters, List<String> clean) throws Exception {
    ObjectMapper json = new ObjectMapper();
    StringBuilder lines = new StringBuilder();
    for (String line : Files.readAllLines(letters)) {
      ObjectNode letter = (ObjectNode) json.readTree(line);
      letter.put("mended", clean.get(letter.get("offset").asInt() - 1));
      lines.append(letter).append('\n');
    }
    Files.writeString(letters, lines.toString());
  }

  /** The report without what depends on the time of day. */
  private String report(Path log, String... more) throws Exception {
    Path report = folder.resolve("report.json");
    List<String> arguments =
        new ArrayList<>(
            List.of("replay", "--format", "obd", "--log", log.toString(), "--evaluate", "uniform"));
    arguments.addAll(List.of("--learn", "clpi", "--report", report.toString()));
    arguments.addAll(List.of(more));
    assertThat(Hindcast.execute(arguments.toArray(String[]::new))).isZero();
    return Files.readString(report).replaceAll("(?s),\\s*\"throughput\".*", "");
  }

  private static Impression impression(String id) {
    return Impression.newBuilder()
        .setImpressionId(id)
        .setEventTimeMicros(1_000_000)
        .setSegment("de")
        .setContext(new Context(AvroMapping.pack(new float[] {1, 2}), null))
        .setItemId("a")
        .setPropensity(0.5)
        .setPolicyId("logging")
        .build();
  }

  private static DeadLetter letter(
      InputStream stream, int partition, long offset, String reason, byte[] raw) {
    return new DeadLetter(
        TOPICS.of(stream), partition, offset, stream, reason, "", 1L, ByteBuffer.wrap(raw));
  }

  /** Returns the partition. */
  private int produce(EmbeddedKafka kafka, String topic, byte[] value) throws Exception {
    SpecificRecord record = wire.decode(value).record();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            KafkaSettings.of(kafka.bootstrapServers()).clientProperties(),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      return producer
          .send(new ProducerRecord<>(topic, RecordKeys.of(record), value))
          .get()
          .partition();
    }
  }

  /** Keys and origins of replayed records. */
  private static List<Map.Entry<String, String>> replayed(EmbeddedKafka kafka, String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicScan scan = new TopicScan(KafkaSettings.of(kafka.bootstrapServers()))) {
      scan.read(scan.beginning(topic), records::add);
    }
    return records.stream()
        .filter(record -> ReplayedHeader.read(record.headers()) != null)
        .map(
            record ->
                Map.entry(
                    new String(record.key(), StandardCharsets.UTF_8),
                    ReplayedHeader.read(record.headers())))
        .toList();
  }

  private int run(String arguments) {
    out.getBuffer().setLength(0);
    CommandLine command = Hindcast.commandLine();
    command.setOut(new PrintWriter(out));
    return command.execute(("dead-letters " + arguments).split(" ", -1));
  }
}
