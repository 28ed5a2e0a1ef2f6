package hindcast.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidateFileTest {

  @Test
  void aGridIsOnePolicyForEachCombination() {
    CandidateFile.Candidates read =
        CandidateFile.parse(
            """
            policies:
              - id: ips
                objective: IPS
                grid: {learning-rate: [0.01, 1e-1], l2: [0, 0.001]}
              - id: clpi
                objective-parameters: {tau: 0.5}
                forms: [greedy]
                grid: {tau: [0.01, 0.05], "gradient-parameters.samples": [8], gradient: [uniform]}
              - {id: plain, seed: 7}
            """);
    List<LearningPolicyConfig> policies = read.policies();
    assertThat(read.grids()).extracting(GridConfig::id).containsExactly("ips", "clpi");
    assertThat(read.grids().get(1).policies())
        .containsExactly("clpi-tau0.01-samples8-uniform", "clpi-tau0.05-samples8-uniform");
    assertThat(policies)
        .extracting(LearningPolicyConfig::id)
        .containsExactly(
            "ips-lr0.01-l2-0",
            "ips-lr0.01-l2-0.001",
            "ips-lr1e-1-l2-0",
            "ips-lr1e-1-l2-0.001",
            "clpi-tau0.01-samples8-uniform",
            "clpi-tau0.05-samples8-uniform",
            "plain");
    assertThat(policies.get(2).learningRate()).isEqualTo(0.1);
    assertThat(policies.get(3).l2()).isEqualTo(0.001);
    assertThat(policies.get(4).objectiveParameters()).isEqualTo(Map.of("tau", 0.01));
    assertThat(policies.get(5).objectiveParameters()).isEqualTo(Map.of("tau", 0.05));
    assertThat(policies.get(5).forms()).hasSize(1);
    assertThat(policies.get(6).seed()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "policies: [{id: a, learning-rat: 1}] | policies.0.learning-rat: 1: unknown key: did you mean policies.0.learning-rate?",
        "policies: [{id: a, grid: {learning-rat: [1]}}] | policies.0.grid.learning-rat: learning-rat: unknown key, nor a parameter",
        "policies: [{id: a, grid: {forms: [1]}}] | policies.0.grid.forms: forms: has no values to go through",
        "policies: [{id: a, grid: {id: [b, c]}}] | policies.0.grid.id: id: has no values to go through",
        "policies: [{id: a, grid: {learning-rate: 1}}] | policies.0.grid.learning-rate: 1: must be a list of single values",
        "policies: [{id: a, grid: {learning-rate: []}}] | policies.0.grid.learning-rate: []: must be a list",
        "policies: [{id: a, grid: {learning-rate: [-1]}}] | policies.0.learning-rate: -1: must be above 0",
        "policies: [{id: a, grid: [1]}] | policies.0.grid: [1]: must be a mapping",
        "policies: [{id: a, objective: IPS, grid: {tau: [1]}}] | policies.0.objective: IPS: IPS takes no parameters: [tau]",
        "policies: [{objective: IPS}] | policies.0.id: (missing): is required",
        "policies: [{id: a}, {id: a}] | policies: a: is there twice",
        "policies: [{id: a, grid: {seed: [1, 1]}}] | policies: a-seed1: is there twice",
        "policies: [] | file: must have one key, policies",
        "learning: {} | file: must have one key, policies",
        "'policies: [' | file: line 1",
      })
  void whatIsWrongIsSaidByName(String yaml, String problem) {
    assertThat(problems(yaml)).first().asString().startsWith(problem);
  }

  @Test
  void aGridIsBounded() {
    String hundred = "[" + "1, ".repeat(99) + "1]";
    assertThat(
            problems(
                "policies: [{id: a, grid: {seed: %s, learning-rate: %s}}]"
                    .formatted(hundred, hundred)))
        .containsExactly(
            "policies.0.grid: has more than 256 combinations: leave out values, or make two files");
  }

  @Test
  void aFileThatCannotBeReadIsAProblem() {
    assertThat(
            catchThrowableOfType(
                    ConfigException.class, () -> CandidateFile.read(Path.of("no/such.yaml")))
                .problems())
        .singleElement()
        .asString()
        .startsWith("--learn: no/such.yaml: cannot be read");
  }

  private static List<String> problems(String yaml) {
    return catchThrowableOfType(ConfigException.class, () -> CandidateFile.parse(yaml)).problems();
  }
}
