package hindcast.local.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.local.LocalStartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  @TempDir Path folder;

  @Test
  void hasStableNames() throws Exception {
    JsonNode report = new ObjectMapper().readTree(Report.text(summary(2)));
    assertThat(report.fieldNames())
        .toIterable()
        .containsExactly(
            "log",
            "ledgers",
            "estimates",
            "policies",
            "alerts",
            "findings",
            "verdicts",
            "deterministic",
            "throughput");
    JsonNode log = report.get("log");
    assertThat(log.get("format").asText()).isEqualTo("obd");
    assertThat(log.get("events").asLong()).isEqualTo(8);
    assertThat(log.get("outcomes").asLong()).isEqualTo(5);
    assertThat(log.get("duplicates").asLong()).isEqualTo(2);
    assertThat(log.get("held").asLong()).isZero();
    assertThat(log.get("deadLetters").toString()).isEqualTo("{\"AFTER_WINDOW\":2,\"MALFORMED\":3}");
    assertThat(report.get("ledgers").get("rewards").get("gap").asLong()).isZero();
    JsonNode supported = report.get("estimates").get(1);
    assertThat(supported.get("policy").asText()).isEqualTo("uniform");
    assertThat(supported.get("value").asDouble()).isEqualTo(0.25);
    assertThat(supported.get("truth").asDouble()).isEqualTo(0.5);
    JsonNode unsupported = report.get("estimates").get(0);
    assertThat(unsupported.get("value").isNull()).isTrue();
    assertThat(unsupported.get("truth").isNull()).isTrue();
    assertThat(unsupported.get("supported").asBoolean()).isFalse();
    assertThat(supported.get("unreliable")).isEmpty();
    assertThat(unsupported.get("unreliable").toString()).isEqualTo("[\"MEAN_WEIGHT\"]");
    assertThat(report.get("findings")).hasSize(1);
    JsonNode finding = report.get("findings").get(0);
    assertThat(finding.get("name").asText()).isEqualTo("MEAN_WEIGHT");
    assertThat(finding.get("severity").asText()).isEqualTo("CRITICAL");
    assertThat(finding.get("evidence").get("meanWeight").asDouble()).isEqualTo(1.5);
    assertThat(finding.get("causes").get(0).asText()).isEqualTo("rounding");
    JsonNode policy = report.get("policies").get(1);
    assertThat(policy.get("parentSha256")).isEqualTo(report.get("policies").get(0).get("sha256"));
    assertThat(policy.get("steps").asLong()).isEqualTo(20);
    assertThat(report.get("throughput").get("eventsPerSecond").asLong()).isEqualTo(4);
  }

  @Test
  void sameResultsGiveTheSameBytesApartFromThroughput() throws Exception {
    String one = Report.text(summary(2)).replaceAll("(?s)\"throughput\".*", "");
    String other = Report.text(summary(7)).replaceAll("(?s)\"throughput\".*", "");
    assertThat(one).isEqualTo(other).contains("\"deterministic\" : true");
  }

  @Test
  void replacesTheFileAsAWhole() throws Exception {
    Path file = Files.writeString(folder.resolve("report.json"), "old");
    Report.write(summary(2), file);
    assertThat(file).content().isEqualTo(Report.text(summary(2)));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void refusesAPlaceThatCannotBeWrittenBeforeTheRun() {
    assertThatThrownBy(() -> Report.checkWritable("--report", folder.resolve("no/report.json")))
        .isInstanceOf(LocalStartException.class)
        .hasMessageContaining("--report");
    assertThatThrownBy(() -> Report.checkWritable("--report", folder))
        .isInstanceOf(LocalStartException.class);
    Report.checkWritable("--report", folder.resolve("report.json"));
  }

  private static RunSummary summary(double seconds) {
    ResultBoard board = new ResultBoard();
    board.add(Results.checkpoint("clpi", 2));
    board.add(Results.checkpoint("clpi", 1));
    board.add(Results.estimate("uniform", 0, "IPS", "*", 1, 0.25));
    board.add(
        Results.unreliable(Results.estimate("clpi/greedy", 0, "IPS", "*", 1, null), "MEAN_WEIGHT"));
    board.add(Results.finding("MEAN_WEIGHT", 2, true));
    board.add(Results.finding("CALIBRATION", 2, true));
    board.add(Results.finding("CALIBRATION", 3, false));
    Truths truths =
        (policy, version, segment) ->
            policy.equals("uniform") ? OptionalDouble.of(0.5) : OptionalDouble.empty();
    return Results.summary(board, truths, seconds);
  }
}
