package hindcast.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

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
    report.path("estimates").forEach(one -> evaluated.add(one.path("policy").asText()));
    assertThat(evaluated)
        .contains("ips/greedy", "threshold", "clpi-lr0.1-tau0.05/sharpened:4", "uniform")
        .doesNotContain("threshold/greedy");
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
