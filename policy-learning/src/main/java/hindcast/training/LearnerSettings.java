package hindcast.training;

import hindcast.gradient.MinibatchScoreGradient;
import hindcast.objective.Objective;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a policy is learned.
 *
 * @param objective name of the objective, see {@link Objective#names}
 * @param objectiveParameters its parameters; what is left out takes its default
 * @param minibatchSize events a step, at least 1
 * @param optimizer in words, see {@link OptimizerSettings}
 * @param learningRate step size, finite and above 0
 * @param l2 λ₂, weight of ½|Θ|² in the mean objective, at least 0
 * @param gradient a name of {@link hindcast.gradient.GradientMethod}
 * @param gradientParameters its parameters
 * @param seed of the random start and of every sampler
 * @param initialisation {@code zero}; {@code random} or {@code random:SD}, normal with standard
 *     deviation 0.1 or SD; {@code logged:STEPS}, zero, then so many steps towards the logging
 *     policy
 */
public record LearnerSettings(
    String objective,
    Map<String, Double> objectiveParameters,
    int minibatchSize,
    String optimizer,
    double learningRate,
    double l2,
    String gradient,
    Map<String, Double> gradientParameters,
    long seed,
    String initialisation) {

  public LearnerSettings {
    objectiveParameters = Map.copyOf(objectiveParameters);
    gradientParameters = Map.copyOf(gradientParameters);
    MinibatchScoreGradient.requireKnown(gradient, gradientParameters);
    Objective.of(objective, objectiveParameters);
    OptimizerSettings.parse(optimizer);
    if (approachSteps(initialisation) == 0) {
      initialDeviation(initialisation);
    }
    if (minibatchSize < 1) {
      throw new IllegalArgumentException("minibatch size must be at least 1: " + minibatchSize);
    }
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learning rate must be finite and above 0: " + learningRate);
    }
    if (!(l2 >= 0 && l2 < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("l2 must be finite and at least 0: " + l2);
    }
  }

  /** The same with another value of one of the objective's parameters. */
  public LearnerSettings with(String parameter, double value) {
    Map<String, Double> changed = new TreeMap<>(objectiveParameters);
    changed.put(parameter, value);
    return new LearnerSettings(
        objective,
        changed,
        minibatchSize,
        optimizer,
        learningRate,
        l2,
        gradient,
        gradientParameters,
        seed,
        initialisation);
  }

  /** Standard deviation of the start. */
  double initialDeviation() {
    return approachSteps() > 0 ? 0 : initialDeviation(initialisation);
  }

  /** Steps towards the logging policy, before those of the objective. */
  long approachSteps() {
    return approachSteps(initialisation);
  }

  private static long approachSteps(String text) {
    String steps = text.startsWith("logged:") ? text.substring("logged:".length()) : "0";
    return steps.matches("[0-9]{1,18}") ? Long.parseLong(steps) : 0;
  }

  private static double initialDeviation(String text) {
    if (text.equals("zero")) {
      return 0;
    }
    if (text.equals("random")) {
      return 0.1;
    }
    if (text.startsWith("random:")) {
      double deviation = Double.parseDouble(text.substring("random:".length()));
      if (deviation > 0 && deviation < Double.POSITIVE_INFINITY) {
        return deviation;
      }
    }
    throw new IllegalArgumentException(
        "initialisation must be zero, random, random:SD or logged:STEPS: " + text);
  }
}
