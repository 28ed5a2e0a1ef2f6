package hindcast.local.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.cli.Hindcast;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Validates the logs under {@code $HINDCAST_DATA}, where they are. */
class ValidateDataTest {
  @TempDir Path folder;

  /** Its propensities say 1/4, yet the action is a function of the context. */
  @Test
  void wrongPropensitiesAreCaughtByName() throws Exception {
    JsonNode report = validate(1, "dsjson", "vw-dsjson/data-science_cb_1000_0.json");
    JsonNode finding = null;
    for (JsonNode each : report.path("findings")) {
      if (each.path("name").asText().equals("MEAN_WEIGHT")) {
        finding = each;
      }
    }
    assertThat(finding).isNotNull();
    assertThat(finding.path("severity").asText()).isEqualTo("CRITICAL");
    assertThat(finding.path("policy").asText()).isEqualTo("greedy-context");
    assertThat(finding.path("evidence").path("meanWeight").asDouble()).isBetween(3.9, 4.0);
    assertThat(report.path("log").path("decisions").asInt()).isEqualTo(1000);
    assertThat(report.path("join").path("meanReward").asDouble()).isCloseTo(0.473, within(1e-12));
  }

  /** The bts log's policy was updated day by day under one version. */
  @ParameterizedTest
  @CsvSource({"random, 0", "bts, 1"})
  void openBanditLogsHaveNoCriticalFinding(String policy, int code) throws Exception {
    JsonNode report = validate(code, "obd", "obd/" + policy + "/men.csv.gz");
    assertThat(report.path("log").path("decisions").asInt()).isEqualTo(10_000);
    for (JsonNode finding : report.path("findings")) {
      assertThat(finding.path("name").asText()).isEqualTo("LOGGING_DRIFT");
      assertThat(finding.path("severity").asText()).isEqualTo("WARNING");
    }
    assertThat(report.path("findings").isEmpty()).isEqualTo(code == 0);
    for (JsonNode tried : report.path("policies")) {
      assertThat(tried.path("unreliable")).isEmpty();
    }
  }

  private JsonNode validate(int code, String format, String log) throws Exception {
    String data = System.getenv("HINDCAST_DATA");
    assumeTrue(data != null, "HINDCAST_DATA is not set: no real log is validated");
    Path file = Path.of(data, log);
    assumeTrue(Files.exists(file), file + " does not exist");
    Path json = folder.resolve("report.json");
    CommandLine command = Hindcast.commandLine();
    command.setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(new StringWriter()));
    assertThat(
            command.execute(
                "validate", "--format", format, file.toString(), "--json", json.toString()))
        .isEqualTo(code);
    return new ObjectMapper().readTree(json.toFile());
  }
}
