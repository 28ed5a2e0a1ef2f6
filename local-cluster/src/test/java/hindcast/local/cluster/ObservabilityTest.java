package hindcast.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Dashboards and rules as files; that a job reports what they name is tested on a running one. */
class ObservabilityTest {
  private static final Path FOLDER = Path.of("../deploy/observability");
  private static final Path RULES = FOLDER.resolve("prometheus/hindcast-rules.yml");

  @Test
  void theRowsOfTheDashboardsAreQuestions() throws IOException {
    List<String> rows = new ArrayList<>();
    for (String name : List.of("hindcast-policies.json", "hindcast-operations.json")) {
      JsonNode dashboard =
          new ObjectMapper().readTree(FOLDER.resolve("grafana").resolve(name).toFile());
      for (JsonNode panel : dashboard.path("panels")) {
        if (panel.path("type").asText().equals("row")) {
          rows.add(panel.path("title").asText());
        } else {
          assertThat(panel.path("targets")).as(panel.path("title").asText()).isNotEmpty();
        }
      }
    }
    assertThat(rows)
        .containsExactly(
            "Is it better?",
            "Can I trust it?",
            "Is it learning?",
            "Is it fresh?",
            "Is everything counted?",
            "Is Flink well?");
  }

  @Test
  void everyRuleHasASectionInTheRunbook() throws IOException {
    String runbook = Files.readString(Path.of("../docs/runbook.md"));
    JsonNode groups = new ObjectMapper(new YAMLFactory()).readTree(RULES.toFile()).path("groups");
    int rules = 0;
    for (JsonNode group : groups) {
      for (JsonNode rule : group.path("rules")) {
        String name = rule.path("alert").asText();
        assertThat(rule.path("annotations").path("runbook").asText())
            .isEqualTo("docs/runbook.md#" + name);
        assertThat(runbook).contains("\n## " + name + "\n");
        rules++;
      }
    }
    assertThat(rules).isGreaterThanOrEqualTo(10);
  }

  @Test
  void rulesFireOnWhatTheyAreForAndOnNothingElse() throws Exception {
    String promtool = onPath("promtool");
    assumeTrue(promtool != null, "promtool is not installed: Debian's package is prometheus");
    Process test =
        new ProcessBuilder(promtool, "test", "rules", "hindcast-rules-test.yml")
            .directory(RULES.getParent().toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(test.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(test.waitFor()).as(said).isZero();
  }

  private static String onPath(String program) {
    for (String folder : System.getenv("PATH").split(Pattern.quote(File.pathSeparator))) {
      Path file = Path.of(folder, program);
      if (Files.isExecutable(file)) {
        return file.toString();
      }
    }
    return null;
  }
}
