package hindcast.local.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hindcast.cli.Hindcast;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ValidateCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file;
  private Path json;

  @BeforeEach
  void name() {
    file = folder.resolve("decisions.json");
    json = folder.resolve("report.json");
  }

  @Test
  void aSoundLogIsOnePageAndExitsWithZero() throws Exception {
    new DecisionLog(1).decisions(4000).write(file);
    assertThat(validate("--json", json.toString())).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains(
            "4,000 lines: 4,000 decisions, 0 copies, 0 refused lines",
            "2024-03-01T00:00:00Z to 2024-03-01T01:06:39Z (1.11h, in order of time)",
            "4 items, shown most: ",
            "1 policy version: model/1@0 100 %",
            "REFUSED   nothing",
            "reward window 10min; recommended: 2min",
            "FINDINGS  none",
            "VERDICT   sound");
    assertThat(out.toString().lines().count()).isLessThan(40);
    JsonNode report = report();
    assertThat(report.path("sound").asBoolean()).isTrue();
    assertThat(report.path("findings")).isEmpty();
    assertThat(report.path("join").path("recommendedWindowSeconds").asInt()).isEqualTo(120);
    assertThat(report.path("join").path("delaySeconds").path("median").asDouble())
        .isBetween(45.0, 55.0);
    assertThat(report.path("join").path("meanReward").asDouble())
        .isEqualTo(report.path("join").path("rewardedDecisions").asDouble() / 4000, within(1e-12));
  }

  @Test
  void piecesOfALogInADirectoryAreTheLog() throws Exception {
    new DecisionLog(1).decisions(2000).line("[CHECKPOINT]").write(file);
    String whole = reportWithoutFile();
    List<String> lines = Files.readAllLines(file);
    file = Files.createDirectory(folder.resolve("pieces"));
    Files.write(file.resolve("b"), lines.subList(0, 700));
    Files.write(file.resolve("a"), lines.subList(700, 2001));
    assertThat(reportWithoutFile()).isEqualTo(whole);
    assertThat(out.toString()).contains("a and 1 more (dsjson)", "line 2001: ");
  }

  private String reportWithoutFile() throws Exception {
    assertThat(validate("--json", json.toString())).isBetween(0, 1);
    return Files.readString(json).replaceFirst("\"file\" : \"[^\"]*\",", "");
  }

  @Test
  void policiesAreTriedAndTheTrafficForADifferenceIsTold() throws Exception {
    new DecisionLog(2).decisions(4000).write(file);
    assertThat(
            validate("--evaluate", "always:4", "--difference", "0.02", "--json", json.toString()))
        .isZero();
    JsonNode report = report();
    assertThat(report.path("difference").asDouble()).isEqualTo(0.02);
    List<String> names = new ArrayList<>();
    report.path("policies").forEach(policy -> names.add(policy.path("policy").asText()));
    assertThat(names).containsExactly("always-4", "logging", "uniform", "greedy", "greedy-context");
    JsonNode always = report.path("policies").path(0);
    assertThat(always.path("value").asDouble()).isCloseTo(0.5, within(0.06));
    assertThat(always.path("meanWeight").asDouble()).isCloseTo(1, within(0.1));
    assertThat(always.path("supported").asBoolean()).isTrue();
    assertThat(always.path("unreliable")).isEmpty();
    assertThat(always.path("decisionsForDifference").asLong()).isBetween(10_000L, 100_000L);
    assertThat(report.path("policies").path(1).path("decisionsForDifference").isNull()).isTrue();
  }

  @Test
  void aPolicyAskedForWithoutSupportIsAFinding() throws Exception {
    new DecisionLog(3).decisions(2000).write(file);
    assertThat(validate("--evaluate", "always:5", "--json", json.toString())).isEqualTo(1);
    assertThat(findings(report())).containsExactly("LITTLE_SUPPORT WARNING");
    assertThat(out.toString()).contains("VERDICT   usable with care: LITTLE_SUPPORT");
    assertThat(report().path("findings").path(0).path("policy").asText()).isEqualTo("always-5");
  }

  @Test
  void refusedLinesAreNamedByReasonAndNumber() throws Exception {
    new DecisionLog(4)
        .decisions(1000)
        .line("[CHECKPOINT]")
        .line("{\"RewardValue\":1,\"EventId\":\"lost\"}")
        .line("{\"a\":[1],\"p\":[0],\"EventId\":\"zero\"}")
        .line("{\"a\":[1],\"p\":[1],\"_skipLearn\":true}")
        .line("{\"a\":[1],\"p\":[1],\"EventId\":\"\"}")
        .write(file);
    assertThat(validate("--json", json.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains(
            "1,005 lines: 1,000 decisions, 0 copies, 5 refused lines",
            "1 MALFORMED: ",
            "line 1001: line: must be JSON",
            "line 1003: propensity must be in (0, 1]: 0.0",
            "line 1005: impressionId must have 1 to 512 characters");
    JsonNode report = report();
    List<String> reasons = new ArrayList<>();
    report
        .path("rejections")
        .forEach(
            r ->
                reasons.add(
                    r.path("reason").asText() + r.path("examples").path(0).path("line").asInt()));
    assertThat(reasons)
        .containsExactlyInAnyOrder(
            "MALFORMED1001",
            "NO_IMPRESSION1002",
            "INVALID_PROPENSITY1003",
            "NOT_ACTIVATED1004",
            "INVALID_ID1005");
    assertThat(findings(report))
        .contains("REJECTED_RECORDS WARNING", "INVALID_PROPENSITIES INFO", "ORPHAN_REWARDS INFO");
  }

  @Test
  void propensitiesThatAreTooSmallMakeEveryEstimateUnreliable() throws Exception {
    new DecisionLog(5).claim(0.5).decisions(3000).write(file);
    assertThat(validate("--json", json.toString())).isEqualTo(1);
    JsonNode report = report();
    assertThat(findings(report)).contains("INVALID_ROW CRITICAL", "MEAN_WEIGHT CRITICAL");
    assertThat(report.path("sound").asBoolean()).isFalse();
    for (JsonNode policy : report.path("policies")) {
      assertThat(policy.path("unreliable")).as(policy.toString()).isNotEmpty();
    }
    JsonNode finding = report.path("findings").path(0);
    assertThat(finding.path("severity").asText()).isEqualTo("CRITICAL");
    assertThat(finding.path("evidence")).isNotEmpty();
    assertThat(finding.path("causes")).isNotEmpty();
    assertThat(finding.path("action").asText()).isNotEmpty();
    assertThat(out.toString()).contains("VERDICT   estimates from this log are unreliable: ");
  }

  @Test
  void aLogWithoutAUsableLineExitsWithTwoAndSaysWhy() throws Exception {
    Files.write(file, Arrays.asList("a", "b"));
    assertThat(validate()).isEqualTo(2);
    assertThat(out.toString())
        .contains("2 MALFORMED", "line 1: line: must be JSON", "VERDICT   no line can be used");
  }

  @Test
  void copiesCountOnceAndRewardsBehindTheWindowAreLate() throws Exception {
    List<String> lines =
        new ArrayList<>(Files.readAllLines(new DecisionLog(6).decisions(200).write(file)));
    lines.add(lines.get(150));
    Files.write(file, lines);
    assertThat(validate("--set", "reward.window=50s", "--json", json.toString())).isEqualTo(1);
    JsonNode report = report();
    assertThat(report.path("log").path("decisions").asInt()).isEqualTo(200);
    assertThat(report.path("log").path("copies").asInt()).isPositive();
    int late = report.path("join").path("lateRewards").asInt();
    int joined = report.path("join").path("joinedRewards").asInt();
    assertThat(late).isPositive();
    assertThat(joined).isPositive();
    assertThat(findings(report)).contains("LATE_REWARDS WARNING");
  }

  private int validate(String... more) {
    CommandLine command = Hindcast.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> arguments =
        new ArrayList<>(List.of("validate", "--format", "dsjson", file.toString()));
    arguments.addAll(List.of(more));
    return command.execute(arguments.toArray(String[]::new));
  }

  private JsonNode report() throws Exception {
    return new ObjectMapper().readTree(json.toFile());
  }

  private static List<String> findings(JsonNode report) {
    List<String> names = new ArrayList<>();
    report
        .path("findings")
        .forEach(
            finding ->
                names.add(finding.path("name").asText() + " " + finding.path("severity").asText()));
    return names;
  }
}
