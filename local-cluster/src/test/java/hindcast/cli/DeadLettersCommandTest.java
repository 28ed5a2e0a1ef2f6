package hindcast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.avro.DeadLetter;
import hindcast.avro.Impression;
import hindcast.avro.InputStream;
import hindcast.avro.Reward;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.deadletter.DeadLetterJsonWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DeadLettersCommandTest {
  private static final String GOOD = "{\"_label_Action\":1,\"_label_probability\":0.5,\"a\":[1,2]}";
  private static final String BROKEN =
      "{\"_label_Action\":1,\"_label_probability\":1.5,\"a\":[1,2]}";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final WireFormat wire = new WireFormat();
  private Path file;
  private Path log;

  @BeforeEach
  void writeLetters() throws Exception {
    log = Files.writeString(folder.resolve("log.json"), GOOD + "\n" + BROKEN + "\n\nnonsense\n");
    file = folder.resolve("letters.jsonl");
    DeadLetter line = letter(log.toString(), 2, "INVALID_PROPENSITY", -1, bytes(BROKEN));
    try (DeadLetterJsonWriter writer = new DeadLetterJsonWriter(Files.newOutputStream(file))) {
      writer.write(line);
      writer.write(letter(log.toString(), 4, "MALFORMED", -1, bytes("nonsense")));
      writer.write(line);
    }
  }

  @Test
  void listCountsEachRefusalOnce() {
    assertThat(run("list " + file)).isZero();
    assertThat(out.toString())
        .contains("1  INVALID_PROPENSITY", "1  MALFORMED", "2  dead letters", "1  repetitions");
    out.getBuffer().setLength(0);
    assertThat(run("list " + file + " --reason malformed")).isZero();
    assertThat(out.toString()).contains("1  dead letters").doesNotContain("INVALID_PROPENSITY");
  }

  @Test
  void timeIsTheBrokersElseTheRecordsElseUnknown() throws Exception {
    byte[] reward = wire.encode(new Reward("i", "click", 3_600_000_000L, 9.0, ""));
    try (DeadLetterJsonWriter writer = new DeadLetterJsonWriter(Files.newOutputStream(file))) {
      writer.write(letter("rewards", 1, "INVALID_REWARD", 1_000, reward));
      writer.write(letter("rewards", 2, "INVALID_REWARD", -1, reward));
      writer.write(letter("rewards", 3, "INVALID_REWARD", -1, bytes("?")));
    }
    assertThat(run("list --json " + file)).isZero();
    assertThat(out.toString())
        .isEqualToIgnoringNewLines(
            "{\"letters\":3,\"counts\":[{\"reason\":\"INVALID_REWARD\",\"topic\":\"rewards\","
                + "\"letters\":3,\"first\":\"1970-01-01T00:00:01Z\","
                + "\"last\":\"1970-01-01T01:00:00Z\"}]}");
    assertThat(counted("--from 1970-01-01T00:00:01Z --to 1970-01-01T01:00:00Z")).isEqualTo(1);
    assertThat(counted("--from 1970-01-01T00:00:02Z")).isEqualTo(1);
    assertThat(counted("--to 1970-01-01T02:00:00Z")).isEqualTo(2);
    assertThat(counted("")).isEqualTo(3);
  }

  @Test
  void showReadsUpToTheFault() throws Exception {
    Impression impression =
        Impression.newBuilder()
            .setImpressionId("i7")
            .setEventTimeMicros(5)
            .setContext(new hindcast.avro.Context(null, null))
            .setItemId("tea")
            .build();
    byte[] whole = wire.encode(impression);
    byte[] cut = Arrays.copyOf(whole, whole.length - 4);
    try (DeadLetterJsonWriter writer = new DeadLetterJsonWriter(Files.newOutputStream(file))) {
      writer.write(letter("impressions", 7, "MALFORMED", 1_000, cut));
    }
    assertThat(run("show " + file)).isZero();
    assertThat(out.toString())
        .contains("impressions/0/7  MALFORMED  1970-01-01T00:00:01Z", "  Impression", " i7\n")
        .contains("stops at", cut.length + " bytes", "\\xc3\\x01");
    out.getBuffer().setLength(0);
    assertThat(run("show --json " + file)).isZero();
    JsonNode shown = new ObjectMapper().readTree(out.toString());
    assertThat(shown.at("/fields/impressionId").asText()).isEqualTo("i7");
    assertThat(shown.get("fault").asText()).isNotEmpty();
    assertThat(shown.get("raw").binaryValue()).isEqualTo(cut);
    Files.writeString(file, out.toString());
    out.getBuffer().setLength(0);
    assertThat(run("show --json " + file)).isZero();
    assertThat(new ObjectMapper().readTree(out.toString())).isEqualTo(shown);
  }

  @Test
  void replayPutsMendedLinesInTheirPlace() throws Exception {
    mend("nonsense", GOOD);
    Path mended = folder.resolve("mended.json");
    String command = "replay " + file + " --format dsjson --log " + log + " --out " + mended;
    assertThat(run(command)).isEqualTo(1);
    assertThat(out.toString())
        .contains("1  lines mended", "1  lines as they were", "1  of both can be read now")
        .contains("1  are still refused: INVALID_PROPENSITY");
    assertThat(mended).hasContent(GOOD + "\n" + BROKEN + "\n\n" + GOOD + "\n");
    assertThat(run(command + " --only --reason MALFORMED")).isZero();
    assertThat(mended).hasContent("\n\n\n" + GOOD + "\n");
  }

  @Test
  void lettersOfAnotherLogAreRefused() throws Exception {
    Path other = Files.writeString(folder.resolve("other.json"), GOOD);
    Path mended = folder.resolve("mended.json");
    String replay = "replay " + file + " --format dsjson --out " + mended + " --log ";
    assertThat(run(replay + other)).isEqualTo(2);
    assertThat(err.toString()).hasLineCount(1).contains("must be of other.json");
    err.getBuffer().setLength(0);
    Files.writeString(log, GOOD + "\n" + GOOD + "\n\nnonsense\n");
    assertThat(run(replay + log)).isEqualTo(2);
    assertThat(err.toString()).hasLineCount(1).contains("holds another");
    err.getBuffer().setLength(0);
    Files.writeString(log, GOOD + "\n" + BROKEN + "\n");
    assertThat(run(replay + log)).isEqualTo(2);
    assertThat(err.toString()).hasLineCount(1).contains("has 2 lines");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "list",
        "list no/such/letters.jsonl",
        "list pom.xml",
        "list pom.xml --data-dir src",
        "list --data-dir src",
        "list pom.xml --reason TIRED",
        "list pom.xml --from yesterday",
        "list pom.xml --from 2026-01-02T00:00:00Z --to 2026-01-01T00:00:00Z",
        "list pom.xml --set kafka.topicprefix=a",
        "show pom.xml --limit -1",
        "replay pom.xml",
        "replay --bootstrap localhost:1 --format obd",
        "replay pom.xml --format obd --log pom.xml --out target/x.csv",
      })
  void saysWhatIsWrongInOneLineAndExitsWithTwo(String arguments) {
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString()).startsWith("hindcast: ").hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "7",
        "{\"topic\":\"a\"",
        "{\"topic\":\"a\",\"partition\":-1}",
        "{\"topic\":\"a\",\"partition\":0,\"offset\":1e99,\"stream\":\"REWARDS\"}",
        "{\"topic\":\"a\",\"partition\":0,\"offset\":1,\"stream\":\"SONGS\"}",
        "{\"topic\":\"a\",\"partition\":0,\"offset\":1,\"stream\":\"REWARDS\",\"reason\":\"LATE\","
            + "\"detail\":\"\",\"appendTimeMillis\":1,\"raw\":\"%%\"}",
      })
  void whatIsNoLetterIsNamedByItsLine(String line) throws Exception {
    Files.writeString(file, "\n" + line + "\n");
    assertThat(run("list " + file)).isEqualTo(2);
    assertThat(err.toString()).hasLineCount(1).contains("letters.jsonl holds no dead letters", "2");
  }

  private void mend(String raw, String text) throws Exception {
    ObjectMapper json = new ObjectMapper();
    StringBuilder lines = new StringBuilder();
    for (String line : Files.readAllLines(file)) {
      var letter = (com.fasterxml.jackson.databind.node.ObjectNode) json.readTree(line);
      if (letter.get("text").asText().equals(raw)) {
        letter.put("mended", text);
      }
      lines.append(letter).append('\n');
    }
    Files.writeString(file, lines.toString());
  }

  private int counted(String options) throws Exception {
    out.getBuffer().setLength(0);
    assertThat(run(("list --json " + file + " " + options).strip())).isZero();
    return new ObjectMapper().readTree(out.toString()).get("letters").asInt();
  }

  private static DeadLetter letter(
      String topic, long offset, String reason, long appendTime, byte[] raw) {
    InputStream stream = topic.equals("rewards") ? InputStream.REWARDS : InputStream.IMPRESSIONS;
    return new DeadLetter(
        topic, 0, offset, stream, reason, "detail", appendTime, ByteBuffer.wrap(raw));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private int run(String arguments) {
    CommandLine command = Hindcast.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return command.execute(("dead-letters " + arguments).strip().split(" ", -1));
  }
}
