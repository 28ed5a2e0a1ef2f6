package hindcast.jobs.control;

import hindcast.jobs.config.LearningPolicyConfig;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.evaluation.EvaluationSettings;
import hindcast.jobs.evaluation.EvaluationSettings.PolicyLine;
import hindcast.jobs.state.MaturityTime;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is needed to check commands.
 *
 * @param lines the policy lines by name
 * @param maturity when the rewards of an impression are complete
 * @param windowMillis length of the windows of impression time
 */
public record ControlSettings(HashMap<String, Line> lines, MaturityTime maturity, long windowMillis)
    implements Serializable {

  /**
   * A policy line.
   *
   * @param names it can be promoted under, one for each form, and its own
   * @param learns whether it has versions
   * @param learner what a version must have been trained with to go on from it
   */
  public record Line(HashSet<String> names, boolean learns, TreeMap<String, String> learner)
      implements Serializable {}

  /** The lines of a configuration. */
  public static ControlSettings of(PipelineConfig config) {
    Map<String, TreeMap<String, String>> learners = new HashMap<>();
    for (LearningPolicyConfig policy : config.learning().policies()) {
      learners.put(
          policy.id(),
          new TreeMap<>(
              Map.of(
                  "objective", policy.objective(),
                  "optimizer", policy.optimizer(),
                  "seed", Long.toString(policy.seed()))));
    }
    EvaluationSettings evaluation = EvaluationSettings.of(config);
    HashMap<String, Line> lines = new HashMap<>();
    for (PolicyLine line : evaluation.lines()) {
      HashSet<String> names = new HashSet<>(new ArrayList<>(line.policyNames()));
      names.add(line.id());
      boolean learns = learners.containsKey(line.id());
      lines.put(
          line.id(), new Line(names, learns, learners.getOrDefault(line.id(), new TreeMap<>())));
    }
    return new ControlSettings(lines, evaluation.maturity(), evaluation.learningWindowMillis());
  }
}
