package hindcast.cli;

import hindcast.jobs.config.CandidateFile;
import hindcast.jobs.config.EvaluationConfig;
import hindcast.jobs.config.GridConfig;
import hindcast.jobs.config.LearningConfig;
import hindcast.jobs.config.LearningPolicyConfig;
import hindcast.jobs.config.PipelineConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
    EvaluatedChoice choice = new EvaluatedChoice(config.evaluation(), learning, evaluate);
    Map<String, String> rest = new LinkedHashMap<>(choice.forms());
    rest.put("evaluation.max-open-policies", Integer.toString(room(choice, learning)));
    return new PipelineConfig(
            config.job(),
            config.kafka(),
            config.reward(),
            config.time(),
            config.propensity(),
            learning,
            choice.evaluation(),
            config.alerts(),
            config.gates(),
            config.audit(),
            config.catalogue(),
            config.checkpointStore())
        .with(rest);
  }

  /** As many policies as may be evaluated at once, or as many as one version of each needs. */
  private static int room(EvaluatedChoice choice, LearningConfig learning) {
    EvaluationConfig evaluation = choice.evaluation();
    return Math.max(
        evaluation.maxOpenPolicies(),
        evaluation.policies().size() + 2 * learning.policies().size());
  }

  private static LearningConfig learning(PipelineConfig config, List<String> wanted) {
    List<LearningPolicyConfig> policies = new ArrayList<>();
    List<GridConfig> grids = new ArrayList<>();
    for (String name : wanted) {
      if (isFile(name)) {
        CandidateFile.Candidates candidates = CandidateFile.read(Path.of(name));
        policies.addAll(candidates.policies());
        grids.addAll(candidates.grids());
        continue;
      }
      policies.add(
          config.learning().policies().stream()
              .filter(policy -> policy.id().equals(name))
              .findFirst()
              .orElseGet(() -> ofObjective(name)));
    }
    config.learning().grids().stream()
        .filter(grid -> wanted.containsAll(grid.policies()))
        .forEach(grids::add);
    return new LearningConfig(config.learning().window(), policies, grids);
  }

  /** Whether this text of {@code --learn} names a file and no policy. */
  static boolean isFile(String wanted) {
    return wanted.endsWith(".yaml") || wanted.endsWith(".yml");
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
}
