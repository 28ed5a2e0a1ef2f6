package hindcast.cli;

import hindcast.jobs.config.EvaluatedPolicyConfig;
import hindcast.jobs.config.EvaluationConfig;
import hindcast.jobs.config.LearningConfig;
import hindcast.jobs.config.LearningPolicyConfig;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LocalStartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code --learn} and {@code --evaluate} make of a configuration. */
final class PolicyChoice {

  private PolicyChoice() {}

  /** The configuration with only the policies asked for; unchanged where nothing is. */
  static PipelineConfig apply(PipelineConfig config, List<String> learn, List<String> evaluate) {
    if (learn.isEmpty() && evaluate.isEmpty()) {
      return config;
    }
    LearningConfig learning = learn.isEmpty() ? config.learning() : learning(config, learn);
    EvaluationConfig evaluation =
        evaluate.isEmpty() ? config.evaluation() : evaluation(config.evaluation(), evaluate);
    return new PipelineConfig(
            config.job(),
            config.kafka(),
            config.reward(),
            config.time(),
            config.propensity(),
            learning,
            evaluation,
            config.alerts(),
            config.gates(),
            config.audit(),
            config.catalogue(),
            config.checkpointStore())
        .with(Map.of());
  }

  private static LearningConfig learning(PipelineConfig config, List<String> wanted) {
    List<LearningPolicyConfig> policies = new ArrayList<>();
    for (String name : wanted) {
      policies.add(
          config.learning().policies().stream()
              .filter(policy -> policy.id().equals(name))
              .findFirst()
              .orElseGet(() -> ofObjective(name)));
    }
    return new LearningConfig(config.learning().window(), policies);
  }

  private static LearningPolicyConfig ofObjective(String name) {
    String id = name.toLowerCase(Locale.ROOT).replace('_', '-');
    String objective = name.toUpperCase(Locale.ROOT).replace('-', '_');
    return PipelineConfig.defaults()
        .with(Map.of("learning.policies.0.id", id, "learning.policies.0.objective", objective))
        .learning()
        .policies()
        .get(0);
  }

  private static EvaluationConfig evaluation(EvaluationConfig evaluation, List<String> wanted) {
    List<EvaluatedPolicyConfig> policies = new ArrayList<>();
    long tables = wanted.stream().filter(text -> text.startsWith("table:")).count();
    for (String text : wanted) {
      policies.add(evaluated(text, tables));
    }
    return new EvaluationConfig(
        evaluation.reportEvery(),
        evaluation.estimators(),
        policies,
        evaluation.maxOpenVersions(),
        evaluation.maxOpenPolicies(),
        evaluation.window(),
        evaluation.compactedWindow(),
        evaluation.compactAfter(),
        evaluation.halfLife(),
        evaluation.slidingWindows(),
        evaluation.bySegment(),
        evaluation.minimumRewardedEffectiveSampleSize(),
        evaluation.maximumEventShare());
  }

  private static EvaluatedPolicyConfig evaluated(String text, long tables) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    return switch (kind.toLowerCase(Locale.ROOT) + (colon < 0 ? "" : ":")) {
      case "uniform" ->
          new EvaluatedPolicyConfig("uniform", EvaluatedPolicyConfig.Kind.UNIFORM, "", "");
      case "logging" ->
          new EvaluatedPolicyConfig("logging", EvaluatedPolicyConfig.Kind.LOGGING, "", "");
      case "always:" -> always(rest);
      case "table:" -> table(rest, tables > 1);
      default ->
          throw new LocalStartException(
              "--evaluate must be table:FILE.csv, uniform, logging or always:ITEM: " + text);
    };
  }

  private static EvaluatedPolicyConfig always(String item) {
    if (item.isBlank()) {
      throw new LocalStartException("--evaluate always: needs an item: always:ITEM");
    }
    return new EvaluatedPolicyConfig(
        "always-" + asId(item), EvaluatedPolicyConfig.Kind.ALWAYS, "", item);
  }

  private static String asId(String text) {
    return text.replaceAll("[^A-Za-z0-9._-]", "-");
  }

  /** A single table is called {@code table}, several are told apart by their files' names. */
  private static EvaluatedPolicyConfig table(String location, boolean several) {
    Path file = Path.of(location);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new LocalStartException("--evaluate table file cannot be read: " + location);
    }
    String stem = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    String id = several ? "table-" + asId(stem) : "table";
    return new EvaluatedPolicyConfig(id, EvaluatedPolicyConfig.Kind.TABLE, location, "");
  }
}
