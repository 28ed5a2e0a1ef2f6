package hindcast.jobs.config;

import hindcast.gradient.MinibatchScoreGradient;
import hindcast.policy.PolicyForm;
import hindcast.training.LearnerSettings;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One element of {@code learning.policies}: a policy that learns. */
public record LearningPolicyConfig(
    @Key(
            value = Key.REQUIRED,
            rule = Rule.ID,
            doc = "Names the policy line in every topic, metric and report.")
        String id,
    @Key(value = "CLPI", rule = Rule.NOT_BLANK, doc = "What is maximised, for example CLPI or IPS.")
        String objective,
    @Key(value = "{}", doc = "Parameters of the objective by name.")
        Map<String, Double> objectiveParameters,
    @Key(
            value = "auto",
            oneOf = {
              "auto",
              "exact",
              "partition",
              "top-k-tail",
              "mixture",
              "uniform",
              "head-tail",
              "reinforce",
              "in-batch"
            },
            doc =
                "Gradient of log pi: auto (exact up to 50,000 items, above that the partition while"
                    + " it stands its audits), exact (the whole catalogue), partition (clusters"
                    + " summed where the mass is, the rest drawn), top-k-tail, mixture (the FOPO"
                    + " paper's), uniform, head-tail, reinforce or in-batch.")
        String gradient,
    @Key(value = "{}", doc = "Parameters of the gradient by name.")
        Map<String, Double> gradientParameters,
    @Key(value = "256", rule = Rule.AT_LEAST_ONE, doc = "Feedback records in one step.")
        int minibatch,
    @Key(
            value = "adam",
            rule = Rule.NOT_BLANK,
            doc =
                "How a gradient becomes a step: adam, sgd, momentum or adagrad, then key=value pairs"
                    + " such as clip=5.")
        String optimizer,
    @Key(value = "0.01", rule = Rule.POSITIVE, doc = "Step size of the optimizer.")
        double learningRate,
    @Key(
            value = "0.0001",
            rule = Rule.NOT_NEGATIVE,
            doc = "Weight of the L2 penalty, per unit of the mean objective.")
        double l2,
    @Key(value = "10", rule = Rule.AT_LEAST_ONE, doc = "Steps between two policy checkpoints.")
        int checkpointEvery,
    @Key(
            value = "[softmax, greedy, \"sharpened:4\"]",
            doc =
                "The ways of playing the policy that are evaluated: softmax, greedy, epsilon:E, sharpened:k.")
        List<PolicyForm> forms,
    @Key(value = "1", doc = "Seeds every random draw of this policy.") long seed,
    @Key(
            value = "zero",
            rule = Rule.NOT_BLANK,
            doc =
                "Parameters at the start: zero (the uniform policy), random or random:SD (normal,"
                    + " seeded), logged:STEPS (zero, then so many steps towards the logging"
                    + " policy), checkpoint:FILE (a version of the same policy that replay"
                    + " --checkpoints wrote, with its optimiser and its number).")
        String initialisation) {

  private static final String CHECKPOINT = "checkpoint:";

  public LearningPolicyConfig {
    objectiveParameters = Collections.unmodifiableMap(new TreeMap<>(objectiveParameters));
    gradientParameters = Collections.unmodifiableMap(new TreeMap<>(gradientParameters));
    forms = List.copyOf(forms);
    refuse("objective", objective, settings(objective, objectiveParameters, "adam", "zero"));
    refuse("optimizer", optimizer, settings("IPS", Map.of(), optimizer, "zero"));
    refuse("gradient", gradient, gradientOf(gradient, gradientParameters));
    if (!initialisation.startsWith(CHECKPOINT) || initialisation.length() == CHECKPOINT.length()) {
      refuse("initialisation", initialisation, settings("IPS", Map.of(), "adam", initialisation));
    }
    Repeats.refuse("forms", forms.stream().map(PolicyForm::text).toList());
  }

  /** The file with the version it starts from; empty for none. */
  public String startsFrom() {
    return initialisation.startsWith(CHECKPOINT)
        ? initialisation.substring(CHECKPOINT.length())
        : "";
  }

  /** Makes the learner's settings, which refuse what they cannot use. */
  private static Runnable settings(
      String objective, Map<String, Double> parameters, String optimizer, String initialisation) {
    return () ->
        new LearnerSettings(
            objective, parameters, 1, optimizer, 1, 0, "exact", Map.of(), 0, initialisation);
  }

  private static Runnable gradientOf(String gradient, Map<String, Double> parameters) {
    return () -> MinibatchScoreGradient.requireKnown(gradient, parameters);
  }

  private static void refuse(String key, String value, Runnable settings) {
    try {
      settings.run();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + value + ": " + e.getMessage(), e);
    }
  }
}
