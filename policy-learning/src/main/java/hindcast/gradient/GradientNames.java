package hindcast.gradient;

import hindcast.catalogue.ExactIndex;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.MaximumInnerProductIndex;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Gradients by name. */
final class GradientNames {
  private GradientNames() {}

  static ScoreGradient create(
      String name,
      Map<String, Double> parameters,
      ItemEmbeddings embeddings,
      MaximumInnerProductIndex given) {
    MaximumInnerProductIndex index = given == null ? new ExactIndex(embeddings) : given;
    switch (name) {
      case "exact":
        requireKnown(name, parameters, Set.of());
        return new ExactScoreGradient(embeddings);
      case "mixture":
        requireKnown(name, parameters, Set.of("topK", "samples", "epsilon"));
        return new MixtureScoreGradient(
            embeddings,
            new MixtureProposal(
                embeddings,
                index,
                whole(parameters, "topK", 256),
                whole(parameters, "samples", 1000),
                parameters.getOrDefault("epsilon", 0.8)));
      case "head-tail":
        requireKnown(name, parameters, Set.of("topK", "samples"));
        return new HeadTailScoreGradient(
            embeddings, index, whole(parameters, "topK", 256), whole(parameters, "samples", 1000));
      case "reinforce":
        requireKnown(name, parameters, Set.of("samples"));
        return new ReinforceScoreGradient(
            embeddings, Reinforce.COV, whole(parameters, "samples", 1000));
      default:
        throw new IllegalArgumentException(
            "gradient must be exact, mixture, head-tail or reinforce: " + name);
    }
  }

  private static int whole(Map<String, Double> parameters, String key, int otherwise) {
    double value = parameters.getOrDefault(key, (double) otherwise);
    if (!(value >= 1 && value <= Integer.MAX_VALUE && value == Math.rint(value))) {
      throw new IllegalArgumentException(key + " must be a whole number above 0: " + value);
    }
    return (int) value;
  }

  private static void requireKnown(String name, Map<String, Double> parameters, Set<String> known) {
    Set<String> unknown = new TreeSet<>(parameters.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "gradient " + name + " takes " + new TreeSet<>(known) + ": " + unknown);
    }
  }
}
