package hindcast.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.cli.Hindcast;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The logs of the Open Bandit Dataset against the numbers of its own software. */
class ReferenceITCase {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final double TOLERANCE = 1e-9;
  private static final Map<String, String> ESTIMATORS =
      Map.of("IPS", "IPS", "SNIPS", "SNIPS", "CIPS_CAP", "IPS_weightclip_10");

  private static final Map<String, String> PREQUENTIAL =
      Map.of(
          "IPS", "IPS",
          "SNIPS", "SNIPS",
          "CIPS_CAP:cap=10", "IPS_weightclip_10",
          "SNIPS_CAP:cap=10", "SNIPS_weightclip_10");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "random, bts_from_random_log, uniform_from_random_log",
    "bts, bts_snapshot_from_bts_log, uniform_from_bts_log"
  })
  void valuesEqualTheReference(String log, String table, String uniform) throws Exception {
    Path obd = obd();
    JsonNode expected =
        MAPPER.readTree(obd.resolve("reference.json").toFile()).get("campaigns").get("men");
    JsonNode actual =
        replay(
            obd,
            log,
            "--evaluate",
            "table:" + obd.resolve("bts_action_dist_men.csv"),
            "--evaluate",
            "uniform");
    assertThat(actual.get("log").get("outcomes").asLong()).isEqualTo(10_000);
    int compared = 0;
    for (JsonNode estimate : actual.get("estimates")) {
      String policy = estimate.get("policy").asText().equals("table") ? table : uniform;
      JsonNode value = reference(expected.get(policy), estimate);
      if (!value.isMissingNode()) {
        compared++;
        assertThat(estimate.get("value").asDouble())
            .as(estimate.toString())
            .isBetween(value.asDouble() * (1 - TOLERANCE), value.asDouble() * (1 + TOLERANCE));
      }
    }
    assertThat(compared).isEqualTo(2 * (3 + 2 * 3));
  }

  @ParameterizedTest
  @CsvSource({
    "random, table, bts_from_random_log__propensity_prequential_m1",
    "bts, uniform, uniform_from_bts_log__propensity_prequential_m1"
  })
  void prequentialValuesEqualTheReference(String log, String policy, String reference)
      throws Exception {
    Path obd = obd();
    JsonNode expected =
        MAPPER
            .readTree(obd.resolve("reference.json").toFile())
            .at("/campaigns/men/" + reference + "/estimators");
    JsonNode actual =
        replay(
            obd,
            log,
            "--evaluate",
            policy.equals("table") ? "table:" + obd.resolve("bts_action_dist_men.csv") : policy,
            "--set",
            "propensity.use=estimated",
            "--set",
            "propensity.prior=uniform",
            "--set",
            "propensity.prior-strength=34",
            "--set",
            "propensity.action-count=34",
            "--set",
            "evaluation.estimators=[" + String.join(", ", PREQUENTIAL.keySet()) + "]");
    int compared = 0;
    for (JsonNode estimate : actual.get("estimates")) {
      if (estimate.get("policy").asText().equals(policy)
          && estimate.get("segment").asText().equals("*")) {
        String spec =
            PREQUENTIAL.keySet().stream()
                .filter(s -> s.split(":")[0].equals(estimate.get("estimator").asText()))
                .findFirst()
                .orElseThrow();
        compared++;
        assertThat(estimate.get("value").asDouble())
            .as(spec)
            .isCloseTo(
                expected.at("/" + PREQUENTIAL.get(spec) + "/value").asDouble(),
                withinPercentage(100 * TOLERANCE));
      }
    }
    assertThat(compared).isEqualTo(PREQUENTIAL.size());
  }

  @ParameterizedTest
  @CsvSource({
    "random, uniform, uniform_from_random_log",
    "random, table, bts_from_random_log",
    "random, always-0, always_item_0_from_random_log",
    "random, epsilon-0.1-always-0, eps0.1_greedy_item_0_from_random_log",
    "bts, uniform, uniform_from_bts_log",
    "bts, table, bts_snapshot_from_bts_log"
  })
  void errorsAndSampleSizesEqualTheReference(String log, String policy, String reference)
      throws Exception {
    Path obd = obd();
    JsonNode expected =
        MAPPER.readTree(obd.resolve("reference.json").toFile()).at("/campaigns/men/" + reference);
    JsonNode actual =
        replay(
            obd,
            log,
            "--evaluate",
            policy.startsWith("epsilon")
                ? "epsilon:0.1:always:0"
                : policy.equals("table")
                    ? "table:" + obd.resolve("bts_action_dist_men.csv")
                    : policy.replace('-', ':'));
    int compared = 0;
    for (JsonNode estimate : actual.get("estimates")) {
      String estimator = estimate.get("estimator").asText();
      if (estimate.get("policy").asText().equals(policy)
          && estimate.get("segment").asText().equals("*")
          && List.of("IPS", "SNIPS").contains(estimator)) {
        compared++;
        JsonNode numbers = expected.get("estimators").get(estimator);
        requireClose(estimate, "value", numbers.get("value"));
        requireClose(
            estimate, "standardError", numbers.get(estimator.equals("IPS") ? "se" : "se_delta"));
        requireClose(estimate, "effectiveSampleSize", expected.at("/diagnostics/ess"));
        requireClose(estimate, "meanWeight", expected.at("/diagnostics/mean_w"));
      }
    }
    assertThat(compared).isEqualTo(2);
  }

  private static void requireClose(JsonNode estimate, String field, JsonNode expected) {
    assertThat(estimate.get(field).asDouble())
        .as(field + " of " + estimate)
        .isCloseTo(expected.asDouble(), withinPercentage(100 * TOLERANCE));
  }

  private static Path obd() {
    String data = System.getenv("HINDCAST_DATA");
    assumeTrue(data != null, "HINDCAST_DATA names no folder with the Open Bandit logs");
    Path obd = Path.of(data, "obd");
    assumeTrue(Files.isDirectory(obd), obd + " is not there");
    return obd;
  }

  /** The report of a replay of a log. */
  private JsonNode replay(Path obd, String log, String... options) throws Exception {
    Path report = folder.resolve("report.json");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "replay",
                "--format",
                "obd",
                "--log",
                obd.resolve(log).resolve("men.csv.gz").toString(),
                "--report",
                report.toString()));
    arguments.addAll(List.of(options));
    assertThat(Hindcast.execute(arguments.toArray(String[]::new))).isZero();
    return MAPPER.readTree(report.toFile());
  }

  private static JsonNode reference(JsonNode policy, JsonNode estimate) {
    String name = ESTIMATORS.get(estimate.get("estimator").asText());
    String segment = estimate.get("segment").asText();
    return segment.equals("*")
        ? policy.get("estimators").get(name).get("value")
        : policy.get("per_position").get(segment).path(name);
  }
}
