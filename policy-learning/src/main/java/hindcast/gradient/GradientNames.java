package hindcast.gradient;

import hindcast.catalogue.ExactIndex;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.MaximumInnerProductIndex;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gradients by name. */
final class GradientNames {
  private static final String TOP_K = "topK";
  private static final String SAMPLES = "samples";
  private static final String EPSILON = "epsilon";
  private static final String LOG_Q = "logq";

  private static final Map<String, Set<String>> PARAMETERS =
      new TreeMap<>(
          Map.of(
              "exact", Set.of(),
              "mixture", Set.of(TOP_K, SAMPLES, EPSILON),
              "head-tail", Set.of(TOP_K, SAMPLES),
              "in-batch", Set.of(LOG_Q),
              "reinforce", Set.of(SAMPLES)));

  private GradientNames() {}

  static ScoreGradient create(
      String name,
      Map<String, Double> parameters,
      ItemEmbeddings embeddings,
      MaximumInnerProductIndex given) {
    requireKnown(name, parameters);
    MaximumInnerProductIndex index = given == null ? new ExactIndex(embeddings) : given;
    int topK = whole(parameters, TOP_K, 256);
    int samples = whole(parameters, SAMPLES, 1000);
    return switch (name) {
      case "exact" -> new ExactScoreGradient(embeddings);
      case "mixture" ->
          new MixtureScoreGradient(
              embeddings,
              new MixtureProposal(
                  embeddings, index, topK, samples, parameters.getOrDefault(EPSILON, 0.8)));
      case "head-tail" -> new HeadTailScoreGradient(embeddings, index, topK, samples);
      case "in-batch" ->
          new InBatchScoreGradient(embeddings, parameters.getOrDefault(LOG_Q, 0.0) == 1);
      default -> new ReinforceScoreGradient(embeddings, Reinforce.COV, samples);
    };
  }

  static void requireKnown(String name, Map<String, Double> parameters) {
    Set<String> known = name == null ? null : PARAMETERS.get(name);
    if (known == null) {
      throw new IllegalArgumentException(
          "gradient must be one of " + PARAMETERS.keySet() + ": " + name);
    }
    Set<String> unknown = new TreeSet<>(parameters.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "gradient " + name + " takes " + new TreeSet<>(known) + ": " + unknown);
    }
    whole(parameters, TOP_K, 256);
    whole(parameters, SAMPLES, 1000);
    double logQ = parameters.getOrDefault(LOG_Q, 0.0);
    if (logQ != 0 && logQ != 1) {
      throw new IllegalArgumentException("logq must be 0 or 1: " + logQ);
    }
    double epsilon = parameters.getOrDefault(EPSILON, 0.8);
    if (!(epsilon > 0 && epsilon <= 1)) {
      throw new IllegalArgumentException("epsilon must be in (0, 1]: " + epsilon);
    }
  }

  private static int whole(Map<String, Double> parameters, String key, int otherwise) {
    double value = parameters.getOrDefault(key, (double) otherwise);
    if (!(value >= 1 && value <= Integer.MAX_VALUE && value == Math.rint(value))) {
      throw new IllegalArgumentException(key + " must be a whole number above 0: " + value);
    }
    return (int) value;
  }
}
