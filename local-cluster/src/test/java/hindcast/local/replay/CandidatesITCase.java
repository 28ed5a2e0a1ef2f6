package hindcast.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.cli.Hindcast;
import hindcast.local.BanditLog;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Candidates side by side in one pass over a log. */
class CandidatesITCase {
  private static final Path EXAMPLE = Path.of("..", "docs", "candidates.yaml");

  @TempDir Path folder;

  @Test
  void theExampleLearnsAndEvaluatesEveryCandidate() throws Exception {
    JsonNode report = replay(EXAMPLE, 4_000);
    TreeSet<String> learned = new TreeSet<>();
    report.path("policies").forEach(one -> learned.add(one.path("id").asText()));
    assertThat(learned)
        .containsExactly(
            "clpi-lr0.01-tau0.01",
            "clpi-lr0.01-tau0.05",
            "clpi-lr0.1-tau0.01",
            "clpi-lr0.1-tau0.05",
            "ips",
            "threshold");
    TreeSet<String> evaluated = new TreeSet<>();
    TreeSet<String> ofGrids = new TreeSet<>();
    for (JsonNode one : report.path("estimates")) {
      String policy = one.path("policy").asText();
      evaluated.add(policy);
      if (one.has("grid")) {
        ofGrids.add(policy);
        assertThat(one.path("candidates").asInt()).isEqualTo(8);
        assertThat(one.path("level").asDouble()).isEqualTo(1 - 0.05 / 8);
        requireLevel(one);
      }
    }
    assertThat(ofGrids).hasSize(8).allMatch(policy -> policy.startsWith("clpi-"));
    assertThat(evaluated)
        .contains("ips/greedy", "threshold", "clpi-lr0.1-tau0.05/sharpened:4", "uniform")
        .doesNotContain("threshold/greedy");
  }

  /** Where there is an interval it is as wide as eight candidates ask for. */
  private static void requireLevel(JsonNode estimate) {
    if (estimate.path("upper").isNumber()) {
      double z = (estimate.path("upper").asDouble() - estimate.path("value").asDouble());
      assertThat(z / estimate.path("standardError").asDouble()).isCloseTo(2.734369, within(1e-5));
    }
  }

  private JsonNode replay(Path candidates, int rows) throws Exception {
    Path log = folder.resolve("log.csv");
    Path report = folder.resolve("report.json");
    BanditLog.write(log, rows);
    assertThat(
            Hindcast.execute(
                "replay",
                "--format",
                "obd",
                "--log",
                log.toString(),
                "--learn",
                candidates.toString(),
                "--evaluate",
                "uniform",
                "--report",
                report.toString()))
        .isZero();
    return new ObjectMapper().readTree(report.toFile());
  }
}
