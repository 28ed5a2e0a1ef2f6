package hindcast.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.cli.Hindcast;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log with broken lines: replayed twice, and streamed through Kafka as live traffic. */
class LogITCase {

  private static final int ROWS = 1_500;

  @TempDir Path folder;
  private Path log;
  private Path table;

  @BeforeEach
  void writeLog() throws Exception {
    log = folder.resolve("log.csv");
    table = folder.resolve("table.csv");
    BanditLog.write(log, ROWS);
    BanditLog.writeTable(table);
  }

  @Test
  void liveAndReplayedTheSameNumbersAndTheSameHashes() throws Exception {
    Path letters = folder.resolve("letters.jsonl");
    String replayed = report("replay", "--dead-letters", letters.toString());
    assertThat(report("replay")).isEqualTo(replayed);
    assertThat(report("demo", "--port", "0", "--web-port", "0")).isEqualTo(replayed);

    JsonNode report = new ObjectMapper().readTree(replayed + "}");
    assertThat(report.get("log").get("events").asInt()).isEqualTo(ROWS + 6);
    assertThat(report.get("log").get("outcomes").asInt()).isEqualTo(ROWS);
    assertThat(report.get("log").get("held").asInt()).isZero();
    assertThat(report.get("log").get("deadLetters").toString())
        .isEqualTo(
            "{\"INVALID_POSITION\":1,\"INVALID_PROPENSITY\":3,\"MALFORMED\":1,\"MISSING_FIELD\":1}");
    assertThat(report.get("deterministic").asBoolean()).isTrue();
    assertThat(report.get("policies")).isNotEmpty();
    assertLettersCarryTheLines(letters);
    assertTableIsValuedByHand(report);
  }

  private static void assertLettersCarryTheLines(Path letters) throws Exception {
    List<String> reasons = new ArrayList<>();
    List<String> raw = new ArrayList<>();
    ObjectMapper mapper = new ObjectMapper();
    for (String line : Files.readAllLines(letters)) {
      JsonNode letter = mapper.readTree(line);
      reasons.add(letter.get("reason").asText());
      raw.add(new String(letter.get("raw").binaryValue(), StandardCharsets.UTF_8));
    }
    assertThat(raw).containsExactlyInAnyOrderElementsOf(BanditLog.broken());
    assertThat(reasons).containsExactlyInAnyOrderElementsOf(BanditLog.REASONS);
  }

  /** IPS of the table: the mean of w r, w = pi / 0.2. */
  private void assertTableIsValuedByHand(JsonNode report) throws Exception {
    double sum = 0;
    for (String line : Files.readAllLines(log)) {
      String[] row = line.split(",", -1);
      if (!BanditLog.broken().contains(line) && "1".equals(row[4])) {
        sum += (row[2].equals("1") ? 0.6 : 0.1) / 0.2;
      }
    }
    double expected = sum / ROWS;
    List<JsonNode> found = new ArrayList<>();
    report
        .get("estimates")
        .forEach(
            estimate -> {
              if (estimate.get("policy").asText().equals("table")
                  && estimate.get("estimator").asText().equals("IPS")
                  && estimate.get("segment").asText().equals("*")) {
                found.add(estimate);
              }
            });
    assertThat(found).hasSize(1);
    assertThat(found.get(0).get("value").asDouble() / expected).isBetween(1 - 1e-12, 1 + 1e-12);
  }

  /** The report without what depends on the time of day. */
  private String report(String command, String... options) throws Exception {
    Path report = folder.resolve("report.json");
    List<String> arguments =
        Stream.concat(
                Stream.of(
                    command,
                    "--format",
                    "obd",
                    "--log",
                    log.toString(),
                    "--evaluate",
                    "uniform",
                    "--evaluate",
                    "table:" + table,
                    "--learn",
                    "clpi",
                    "--report",
                    report.toString()),
                Stream.of(options))
            .toList();
    assertThat(Hindcast.execute(arguments.toArray(String[]::new))).isZero();
    return Files.readString(report).replaceAll("(?s),\\s*\"throughput\".*", "");
  }
}
