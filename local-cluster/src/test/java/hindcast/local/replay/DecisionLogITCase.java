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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decision logs of Vowpal Wabbit through the pipeline, against independently computed numbers. */
class DecisionLogITCase {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<String> ESTIMATORS = Set.of("IPS", "SNIPS");
  private static final double TOLERANCE = 1e-9;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "data-science_cb_1000_0.json, vw_data-science_cb_1000_0",
    "dsjson_cb.json, vw_dsjson_cb.json",
    "decisionservice.json, vw_decisionservice.json"
  })
  void valuesEqualTheReference(String file, String name) throws Exception {
    Path log = log(file);
    JsonNode expected =
        MAPPER.readTree(log.resolveSibling("../baselines.json").toFile()).path(name);
    JsonNode actual = replay(log, "uniform", "always:1", "always:2", "always:3", "always:4");
    assertThat(actual.at("/log/outcomes").asInt()).isEqualTo(expected.path("n").asInt());
    Set<String> compared = new HashSet<>();
    for (JsonNode estimate : actual.path("estimates")) {
      String estimator = estimate.path("estimator").asText();
      if (ESTIMATORS.contains(estimator) && estimate.path("segment").asText().equals("*")) {
        String policy = estimate.path("policy").asText().replace("always-", "always_action_");
        compared.add(policy + estimator);
        JsonNode numbers = expected.path("policies").path(policy);
        requireClose(estimate, "value", numbers.path(estimator));
        requireClose(estimate, "effectiveSampleSize", numbers.path("ess"));
        if (estimator.equals("IPS")) {
          requireClose(estimate, "standardError", numbers.path("IPS_se"));
        }
      }
    }
    assertThat(compared).hasSize(5 * 2);
  }

  @ParameterizedTest
  @CsvSource({
    "b1848_dsjson_parser_regression.txt, 8, '{\"MALFORMED\":1,\"NOT_ACTIVATED\":1,\"NO_IMPRESSION\":6}'",
    "cb_test256.json, 256, '{\"MISSING_FIELD\":256}'"
  })
  void everyLineOfALogWithoutDecisionsIsAccountedFor(String file, int lines, String reasons)
      throws Exception {
    JsonNode actual = replay(log(file), "uniform");
    assertThat(actual.at("/log/events").asInt()).isEqualTo(lines);
    assertThat(actual.at("/log/outcomes").asInt()).isZero();
    assertThat(actual.at("/log/deadLetters").toString()).isEqualTo(reasons);
    assertThat(actual.at("/ledgers/impressions/gap").asInt()).isZero();
  }

  private static void requireClose(JsonNode estimate, String field, JsonNode expected) {
    assertThat(expected.isMissingNode()).isFalse();
    if (expected.isNull()) {
      assertThat(estimate.path(field).isNull()).as(estimate.toString()).isTrue();
    } else {
      assertThat(estimate.path(field).isNumber()).as(estimate.toString()).isTrue();
      assertThat(estimate.path(field).asDouble())
          .as(estimate.toString())
          .isCloseTo(expected.asDouble(), within(TOLERANCE * Math.max(1, expected.asDouble())));
    }
  }

  private static Path log(String file) {
    String data = System.getenv("HINDCAST_DATA");
    assumeTrue(data != null, "HINDCAST_DATA names no folder with a dsjson log");
    Path log = Path.of(data, "vw-dsjson", file);
    assumeTrue(Files.exists(log), log + " is not there");
    return log;
  }

  private JsonNode replay(Path log, String... policies) throws Exception {
    Path report = folder.resolve("report.json");
    List<String> arguments = new ArrayList<>(List.of("replay", "--format", "dsjson"));
    for (String policy : policies) {
      arguments.addAll(List.of("--evaluate", policy));
    }
    arguments.addAll(List.of("--log", log.toString(), "--report", report.toString()));
    assertThat(Hindcast.execute(arguments.toArray(String[]::new))).isZero();
    return MAPPER.readTree(report.toFile());
  }
}
