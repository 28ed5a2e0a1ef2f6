package hindcast.jobs.learning;

import hindcast.jobs.config.LearningPolicyConfig;
import hindcast.training.LearnerSettings;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * A learning policy's configuration as it is shipped to its owner.
 *
 * @param id the policy line
 * @param objective name of the objective
 * @param objectiveParameters its parameters
 * @param gradient name of the gradient
 * @param gradientParameters its parameters
 * @param minibatch feedback in one step
 * @param optimizer name of the optimizer
 * @param learningRate its step size
 * @param l2 weight of the L2 penalty
 * @param checkpointEvery steps between checkpoints
 * @param seed of every random draw
 * @param initialisation as it is configured
 * @param startsFrom file with the version it starts from; empty for none
 */
record LearnerSpec(
    String id,
    String objective,
    Map<String, Double> objectiveParameters,
    String gradient,
    Map<String, Double> gradientParameters,
    int minibatch,
    String optimizer,
    double learningRate,
    double l2,
    int checkpointEvery,
    long seed,
    String initialisation,
    String startsFrom)
    implements Serializable {

  static LearnerSpec of(LearningPolicyConfig config) {
    return new LearnerSpec(
        config.id(),
        config.objective(),
        new TreeMap<>(config.objectiveParameters()),
        config.gradient(),
        new TreeMap<>(config.gradientParameters()),
        config.minibatch(),
        config.optimizer(),
        config.learningRate(),
        config.l2(),
        config.checkpointEvery(),
        config.seed(),
        config.initialisation(),
        config.startsFrom());
  }

  LearnerSettings settings() {
    return new LearnerSettings(
        objective,
        objectiveParameters,
        minibatch,
        optimizer,
        learningRate,
        l2,
        gradient,
        gradientParameters,
        seed,
        startsFrom.isEmpty() ? initialisation : "zero");
  }

  /** The settings as text, for the checkpoint. */
  Map<String, String> toMap() {
    Map<String, String> map = new TreeMap<>();
    objectiveParameters.forEach(
        (name, value) -> map.put("objective-parameters." + name, Double.toString(value)));
    gradientParameters.forEach(
        (name, value) -> map.put("gradient-parameters." + name, Double.toString(value)));
    map.put("objective", objective);
    map.put("gradient", gradient);
    map.put("minibatch", Integer.toString(minibatch));
    map.put("optimizer", optimizer);
    map.put("learning-rate", Double.toString(learningRate));
    map.put("l2", Double.toString(l2));
    map.put("checkpoint-every", Integer.toString(checkpointEvery));
    map.put("seed", Long.toString(seed));
    map.put("initialisation", initialisation);
    return map;
  }
}
