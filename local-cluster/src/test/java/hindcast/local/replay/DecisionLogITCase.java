package hindcast.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.cli.Hindcast;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A decision log of Vowpal Wabbit through the pipeline, against independently computed numbers. */
class DecisionLogITCase {
  private static final Set<String> ESTIMATORS = Set.of("IPS", "SNIPS");

  @TempDir Path folder;

  @Test
  void valuesEqualTheReference() throws Exception {
    String data = System.getenv("HINDCAST_DATA");
    assumeTrue(data != null, "HINDCAST_DATA names no folder with a dsjson log");
    Path log = Path.of(data, "vw-dsjson", "data-science_cb_1000_0.json");
    assumeTrue(Files.exists(log), log + " is not there");
    Path report = folder.resolve("report.json");
    String command =
        "replay --format dsjson --evaluate uniform --evaluate always:1 --evaluate always:3";
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(List.of("--log", log.toString(), "--report", report.toString()));
    assertThat(Hindcast.execute(arguments.toArray(String[]::new))).isZero();
    ObjectMapper mapper = new ObjectMapper();
    JsonNode expected =
        mapper
            .readTree(Path.of(data, "baselines.json").toFile())
            .path("vw_data-science_cb_1000_0")
            .path("policies");
    JsonNode actual = mapper.readTree(report.toFile());
    assertThat(actual.path("log").path("outcomes").asInt()).isEqualTo(1000);
    Set<String> compared = new HashSet<>();
    for (JsonNode estimate : actual.path("estimates")) {
      String estimator = estimate.path("estimator").asText();
      if (ESTIMATORS.contains(estimator) && estimate.path("segment").asText().equals("*")) {
        String policy = estimate.path("policy").asText().replace("always-", "always_action_");
        compared.add(policy + estimator);
        assertThat(estimate.path("value").asDouble())
            .as(estimate.toString())
            .isCloseTo(expected.path(policy).path(estimator).asDouble(), within(1e-12));
        assertThat(estimate.path("effectiveSampleSize").asDouble())
            .isCloseTo(expected.path(policy).path("ess").asDouble(), within(1e-9));
      }
    }
    assertThat(compared).hasSize(3 * 2);
  }
}
