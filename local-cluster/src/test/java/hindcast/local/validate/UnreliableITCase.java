package hindcast.local.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.cli.Hindcast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays of logs whose propensities are right, and of logs whose are not. */
class UnreliableITCase {
  @TempDir Path folder;

  @Test
  void estimatesOfABrokenLogAreMarkedAndThoseOfASoundOneAreNot() throws Exception {
    Path log = folder.resolve("decisions.json");
    JsonNode sound = replay("dsjson", new DecisionLog(1).decisions(4000).write(log));
    assertThat(sound.get("estimates")).isNotEmpty().allMatch(e -> e.get("unreliable").isEmpty());
    JsonNode broken = replay("dsjson", new DecisionLog(1).claim(0.5).decisions(4000).write(log));
    assertMarked(broken, "MEAN_WEIGHT");
  }

  /** Its propensities say 1/4, as uniform has it, yet the action is a function of the context. */
  @Test
  void theLogOfWrongPropensitiesIsMarked() throws Exception {
    assertMarked(
        replay("dsjson", data("vw-dsjson/data-science_cb_1000_0.json")), "CONTEXT_CALIBRATION");
  }

  @Test
  void theOpenBanditLogIsNot() throws Exception {
    JsonNode report = replay("obd", data("obd/random/men.csv.gz"));
    assertThat(report.get("estimates")).isNotEmpty().allMatch(e -> e.get("unreliable").isEmpty());
    assertThat(report.get("findings")).noneMatch(UnreliableITCase::isCritical);
  }

  private static void assertMarked(JsonNode report, String name) {
    assertThat(report.get("estimates"))
        .isNotEmpty()
        .allMatch(e -> e.get("unreliable").toString().contains("\"" + name + "\""));
    assertThat(report.get("findings"))
        .anyMatch(f -> isCritical(f) && f.get("name").asText().equals(name));
  }

  private static boolean isCritical(JsonNode finding) {
    return finding.get("severity").asText().equals("CRITICAL");
  }

  private JsonNode replay(String format, Path log) throws IOException {
    Path report = folder.resolve("report.json");
    assertThat(
            Hindcast.execute(
                "replay",
                "--format",
                format,
                "--log",
                log.toString(),
                "--evaluate",
                "uniform",
                "--report",
                report.toString()))
        .isZero();
    return new ObjectMapper().readTree(report.toFile());
  }

  private static Path data(String file) {
    String data = System.getenv("HINDCAST_DATA");
    assumeTrue(data != null, "HINDCAST_DATA names no folder with " + file);
    Path log = Path.of(data, file);
    assumeTrue(Files.isRegularFile(log), log + " is not there");
    return log;
  }
}
