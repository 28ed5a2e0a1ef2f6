package hindcast.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hindcast.feedback.RewardFormula;
import hindcast.feedback.RewardFunction;
import hindcast.feedback.RewardRange;
import hindcast.policy.PolicyForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineConfigTest {
  private static PipelineConfig set(String key, String value) {
    return PipelineConfig.defaults().with(Map.of(key, value));
  }

  private static List<String> problems(String yaml, Map<String, String> overrides) {
    return catchThrowableOfType(ConfigException.class, () -> ConfigLoader.parse(yaml, overrides))
        .problems();
  }

  private static String problem(String key, String value) {
    List<String> problems = problems("", Map.of(key, value));
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  @Test
  void defaultsAreThoseOfTheAgreement() {
    PipelineConfig config = PipelineConfig.defaults();
    assertThat(config.job().parallelism()).isEqualTo(2);
    assertThat(config.job().stateBackend()).isEqualTo(JobConfig.StateBackend.HASHMAP);
    assertThat(config.kafka().transactionTimeout()).isEqualTo(Duration.ofMinutes(15));
    assertThat(config.reward().window()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.time().idleTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.learning().policies()).isEmpty();
    assertThat(config.evaluation().estimators()).containsExactly("IPS", "CIPS_CAP:cap=10", "SNIPS");
    assertThat(config.evaluation().policies())
        .extracting(EvaluatedPolicyConfig::id)
        .containsExactly("uniform", "logging");
    assertThat(config.alerts().watched()).isEmpty();
  }

  @Test
  void aFileReadsWithOverridesOnTop(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("hindcast.yaml");
    Files.writeString(
        file,
        """
        reward: {min: -1, max: 4.5, window: 10s}
        kafka:
          properties:
            security.protocol: SASL_SSL
        learning:
          policies:
            - id: clpi
              objective-parameters: {tau: 0.01}
              forms: [softmax, "sharpened:2.5"]
            - id: 007
              gradient: mixture
        """);
    PipelineConfig config =
        ConfigLoader.load(
            file,
            List.of(
                "learning.policies.0.minibatch=64",
                "kafka.properties.sasl.mechanism=PLAIN",
                "reward.window=5min",
                "reward.window=90s"));
    assertThat(config.reward())
        .isEqualTo(
            new RewardConfig(
                -1,
                4.5,
                Duration.ofSeconds(90),
                Duration.ZERO,
                RewardFunction.SUM,
                0,
                List.of(),
                ""));
    assertThat(config.kafka().properties())
        .isEqualTo(Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN"));
    LearningPolicyConfig first = config.learning().policies().get(0);
    assertThat(first.minibatch()).isEqualTo(64);
    assertThat(first.objectiveParameters()).isEqualTo(Map.of("tau", 0.01));
    assertThat(first.forms()).containsExactly(PolicyForm.SOFTMAX, PolicyForm.sharpened(2.5));
    assertThat(config.learning().policies().get(1).id()).isEqualTo("007");
  }

  @Test
  void overridesAppendToListsAndReplaceThem() {
    PipelineConfig config =
        PipelineConfig.defaults()
            .with(
                Map.of(
                    "learning.policies.0.id", "ips",
                    "evaluation.estimators.1", "CIPS_CAP:cap=5",
                    "evaluation.policies", "[{id: bts, kind: table, location: bts.csv}]"));
    assertThat(config.learning().policies().get(0).id()).isEqualTo("ips");
    assertThat(config.evaluation().estimators()).containsExactly("IPS", "CIPS_CAP:cap=5", "SNIPS");
    assertThat(config.evaluation().policies().get(0).location()).isEqualTo("bts.csv");
  }

  @ParameterizedTest
  @CsvSource({"500ms,500", "10s,10000", "5min,300000", "2h,7200000", "1d,86400000", "0,0"})
  void durationsHaveUnits(String text, long millis) {
    assertThat(set("time.max-out-of-orderness", text).time().maxOutOfOrderness())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void theAuditIsOnAndItsNumbersAreChecked() {
    AuditConfig audit = PipelineConfig.defaults().audit();
    assertThat(audit.enabled()).isTrue();
    assertThat(audit.reportEvery()).isEqualTo(Duration.ofMinutes(1));
    assertThat(set("audit.segment-shares", "{de: 0.5, fr: 0.25}").audit().segmentShares())
        .isEqualTo(Map.of("de", .5, "fr", .25));
    assertThat(problem("audit.segment-shares", "{de: 0.75, fr: 0.5}"))
        .isEqualTo(
            "audit.segment-shares: 1.25: must sum to at most 1: what is left is for other segments");
    assertThat(problem("audit.baseline", "99"))
        .isEqualTo("audit.baseline: 99: must be at least 100: the default is 2000");
  }

  @Test
  void rewardsHaveAFormula() {
    PipelineConfig config =
        PipelineConfig.defaults()
            .with(
                Map.of(
                    "reward.kinds",
                    "[{kind: click, function: maximum}, {kind: buy, weight: 0.5}]",
                    "reward.activation",
                    "shown",
                    "reward.correction-horizon",
                    "1h"));
    assertThat(config.reward().formula())
        .isEqualTo(
            new RewardFormula(
                RewardRange.UNIT,
                List.of(
                    new RewardFormula.Term("click", RewardFunction.MAXIMUM, 1, 0),
                    new RewardFormula.Term("buy", RewardFunction.SUM, 0.5, 0)),
                "shown"));
    assertThat(PipelineConfig.defaults().reward().formula())
        .isEqualTo(RewardFormula.sum(RewardRange.UNIT));
    assertThat(problem("reward.function", "median"))
        .isEqualTo(
            "reward.function: median: is not one of the choices: write sum or first or last or"
                + " maximum or minimum or mean");
    assertThat(problems("reward: {kinds: [{kind: click}], activation: click}", Map.of()))
        .singleElement()
        .asString()
        .startsWith("reward.activation: click: must not be one of reward.kinds");
    assertThat(problems("reward: {kinds: [{kind: click}], function: last}", Map.of()))
        .singleElement()
        .asString()
        .startsWith("reward.function: last: each of reward.kinds has a function of its own");
  }

  @Test
  void allProblemsAreReportedTogether() {
    String yaml =
        """
        job: {parallelism: 0, paralellism: 4}
        reward: {window: 10, min: 3, max: abc}
        learning:
          policies:
            - {objective: IPS, gradient: exakt, forms: [greedy, soft]}
        kafka: {delivery: twice}
        """;
    assertThat(problems(yaml, Map.of("evaluation.by-segment", "maybe")))
        .containsExactlyInAnyOrder(
            "job.paralellism: 4: unknown key: did you mean job.parallelism?",
            "job.parallelism: 0: must be at least 1: the default is 2",
            "reward.max: abc: is not a finite number: write one such as 0.01 or 1e-4",
            "reward.window: 10: is not a duration: write a whole number and a unit, such as 500ms,"
                + " 10s, 5min, 2h or 1d",
            "learning.policies.0.id: (missing): is required: Names the policy line in every topic,"
                + " metric and report.",
            "learning.policies.0.gradient: exakt: is not one of the choices: write auto or exact or"
                + " partition or top-k-tail or mixture or uniform or head-tail or reinforce or"
                + " in-batch",
            "learning.policies.0.forms.1: soft: is not a form: write softmax, greedy,"
                + " epsilon:E with E in [0, 1], or sharpened:FACTOR with a factor above 0",
            "kafka.delivery: twice: is not one of the choices: write exactly-once or"
                + " at-least-once",
            "evaluation.by-segment: maybe: must be true or false: write one of them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reward.windw|did you mean reward.window?",
        "parallelism|did you mean job.parallelism?",
        "learning.policies.0.minibach|did you mean learning.policies.0.minibatch?",
        "time.zzzzzz|known here are time.max-out-of-orderness, time.idle-timeout,"
            + " time.future-tolerance",
        "reward.window.seconds|reward.window has no keys below it"
      })
  void unknownKeysNameTheWayOut(String key, String wayOut) {
    assertThat(problems("learning: {policies: [{id: a}]}", Map.of(key, "1")))
        .singleElement()
        .asString()
        .startsWith(key + ": 1: unknown key: ")
        .endsWith(wayOut);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reward.min|1|reward.max: 1.0: must be above reward.min",
        "job.max-parallelism|1|job.max-parallelism: 1: must be from job.parallelism (2)",
        "job.checkpoint-interval|15min|kafka.transaction-timeout: 15min: must be longer",
        "job.checkpoint-interval|0|job.checkpoint-interval: 0: must be above 0",
        "propensity.floor|1.5|propensity.floor: 1.5: must be in [0, 1]",
        "propensity.prior-strength|NaN|propensity.prior-strength: NaN: is not a finite number",
        "propensity.model|dirichlte|propensity.model: dirichlte: is not one of the choices: write"
            + " dirichlet or softmax or two-tower",
        "propensity.prior|flat|propensity.prior: flat: is not one of the choices: write popularity"
            + " or uniform",
        "propensity.update|batch|propensity.update: batch: is not one of the choices: write event"
            + " or window",
        "propensity.forget-after|-1s|propensity.forget-after: -1s: ",
        "propensity.learning-rate|0|propensity.learning-rate: 0: must be in (0, 1]",
        "propensity.popularity-strength|-1|propensity.popularity-strength: -1: must not be",
        "propensity.action-count|2.5|propensity.action-count: 2.5: is not a whole number",
        "gates.alpha|0|gates.alpha: 0: must be in (0, 1)",
        "gates.policies|[logging]|gates.policies: logging: is not a policy that can be compared",
        "gates.margin|1|gates.margin: 1: must be below reward.max - reward.min (1)",
        "gates.test-significance|0.6|gates.test-significance: 0.6: must be at most 0.5",
        "gates.success-level|1|gates.success-level: 1",
        "gates.test-size|1|gates.test-size: 1",
        "alerts.alpha|1|alerts.alpha: 1: must be in (0, 1)",
        "alerts.watched|[logging]|alerts.watched: logging: is not a policy that can be compared",
        "evaluation.estimators|[IPS, IPS]|evaluation.estimators: IPS: is there twice",
        "alerts.tolerated-drop|1|alerts.tolerated-drop: 1: must be below reward.max - reward.min (1)",
        "kafka.topic-prefix|a b|kafka.topic-prefix: a b: must be at most 100 letters",
        "evaluation.estimators|[IPZ]|evaluation.estimators.0: IPZ: estimator must be one of [IPS",
        "evaluation.estimators.1|CIPS_CAP|evaluation.estimators.1: CIPS_CAP: CIPS_CAP needs cap",
        "evaluation.estimators|IPS|evaluation.estimators: IPS: must be a list",
        "evaluation.policies|[{id: a, kind: uniform, form: greedy}]|evaluation.policies.0.form: greedy",
        "evaluation.policies|[{id: a, kind: always, item: b, form: softmax}]|evaluation.policies.0.form: softmax",
        "evaluation.policies|[{id: a, kind: table}]|evaluation.policies.0.location: (missing)",
        "evaluation.policies.7.id|a|evaluation.policies.7.id: a: '7' is not a place in the list",
        "learning.policies|[{id: uniform}]|learning.policies: uniform: is also a policy of",
        "learning.policies|[{id: a, objective: CLPY}]|learning.policies.0.objective: CLPY: objective must",
        "learning.policies|[{id: a, optimizer: adem}]|learning.policies.0.optimizer: adem: optimizer must",
        "learning.policies|[{id: a, initialisation: one}]|learning.policies.0.initialisation: one: initi",
        "learning.policies|[{id: a/b}]|learning.policies.0.id: a/b: must be letters",
        "kafka.bootstrap-servers|''|kafka.bootstrap-servers: (empty): must not be empty",
        "time.idle-timeout|40000d|time.idle-timeout: 40000d: is longer than 36500d",
        "job|4|job: 4: must be a mapping",
        "learning.policies|[{|learning.policies: [{: line 1"
      })
  void rulesHold(String key, String value, String expected) {
    assertThat(problem(key, value)).startsWith(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: [1|file: line 1",
        "'reward: {min: 0, min: 0}'|file: line 1, column 18: key 'min' is there twice: keep one",
        "- a|file: is not a mapping",
        "'reward: {window: }'|reward.window: (empty): has no value",
      })
  void brokenTextIsOneLine(String yaml, String expected) {
    assertThat(problems(yaml, Map.of())).singleElement().asString().startsWith(expected);
  }

  @Test
  void filesAndOverridesThatCannotBeReadAreProblemsToo(@TempDir Path folder) {
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                ConfigLoader.load(
                    folder.resolve("none.yaml"), List.of("reward.window", "job.parallelism=-1")));
    assertThat(refused.problems()).hasSize(3);
    assertThat(refused).hasMessageContaining("none.yaml").hasMessageContaining("key=value");
  }

  @Test
  void secretsAreNeverPrinted() {
    PipelineConfig config =
        PipelineConfig.defaults()
            .with(
                Map.of(
                    "kafka.properties.sasl.jaas.config", "Module required password=\"hunter2\";",
                    "kafka.properties.ssl.keystore.password", "hunter2",
                    "kafka.properties.security.protocol", "SASL_SSL"));
    assertThat(config.kafka().properties()).containsEntry("ssl.keystore.password", "hunter2");
    assertThat(config.toString()).doesNotContain("hunter2").contains("[REDACTED]", "SASL_SSL");
    String printed = ConfigPrinter.print(config);
    assertThat(printed)
        .doesNotContain("hunter2")
        .contains("ssl.keystore.password: \"[REDACTED]\"", "security.protocol: SASL_SSL");
    assertThat(problems(printed, Map.of()))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("is a masked secret"));
    assertThat(problems("kafka: {ssl.key.password: hunter2}", Map.of()).toString())
        .doesNotContain("hunter2");
  }

  @Test
  void whatIsPrintedLoadsToTheSame() {
    PipelineConfig config =
        PipelineConfig.defaults()
            .with(
                Map.of(
                    "job.name",
                    "null",
                    "job.checkpoint-directory",
                    "file:///tmp/a b/#c: \"d\"\\e\ttab",
                    "kafka.properties",
                    "{acks: all, client.id: 'a: b', security.protocol: SSL}",
                    "reward.min",
                    "-2.5",
                    "learning.policies",
                    "[{id: clpi, objective-parameters: {tau: 1e-4}, l2: 1e-7, seed: -9}, {id: ips,"
                        + " objective: IPS, forms: [greedy]}]",
                    "alerts.watched",
                    "[\"clpi/sharpened:4\", ips/greedy]"));
    assertThat(ConfigLoader.parse(ConfigPrinter.print(config), Map.of())).isEqualTo(config);
    assertThat(config.with(Map.of())).isEqualTo(config);
  }

  @Test
  void everyKeyIsDocumented() {
    String printed = ConfigPrinter.print(PipelineConfig.defaults());
    assertThat(ConfigLoader.parse(printed, Map.of())).isEqualTo(PipelineConfig.defaults());
    assertThat(printed)
        .contains(
            """
            # Rewards: their range and how long they are waited for.
            reward:
              # Least reward an impression can have, in the user's unit. Default: 0.
              min: 0
            """);
    assertThat(printed.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
    String[] lines = printed.split("\n");
    for (int i = 1; i < lines.length; i++) {
      if (lines[i].matches("(  )?[a-z-]+:.*")) {
        assertThat(lines[i - 1]).as("documentation of " + lines[i]).contains("# ");
      }
    }
  }
}
