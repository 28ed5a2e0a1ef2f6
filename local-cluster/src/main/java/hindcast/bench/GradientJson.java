package hindcast.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A gradient benchmark as JSON. */
final class GradientJson {
  private GradientJson() {}

  static ObjectNode of(GradientRun run) {
    GradientSettings settings = run.settings();
    ObjectNode node =
        Results.header("gradient", run.data(), run.size(), run.dimension(), settings.seed());
    node.put("batch", settings.batchSize());
    node.put("rounds", settings.rounds());
    node.put("minibatches", settings.minibatches());
    node.put("repetitions", settings.repetitions());
    Results.limits(node, run.limits());
    Results.builds(node, run.builds());
    node.put("peer", run.peer());
    ArrayNode stages = node.putArray("stages");
    for (Stage stage : run.stages()) {
      ObjectNode entry = stages.addObject();
      entry.put("name", stage.name());
      Results.number(entry, "perplexity", stage.perplexity());
      entry.put("steps", stage.steps());
      Results.number(entry, "scale", stage.scale());
    }
    ArrayNode results = node.putArray("results");
    run.results().forEach(result -> add(results.addObject(), result, settings));
    return node;
  }

  private static void add(ObjectNode entry, GradientResult result, GradientSettings settings) {
    entry.put("source", result.source());
    entry.put("estimator", result.estimator());
    entry.put("variant", result.variant());
    entry.put("chosen", result.chosen());
    ObjectNode parameters = entry.putObject("parameters");
    settings.contenders().stream()
        .filter(
            contender ->
                contender.estimator().equals(result.estimator())
                    && contender.variant().equals(result.variant()))
        .findFirst()
        .ifPresent(contender -> contender.parameters().forEach(parameters::put));
    entry.put("stage", result.stage());
    entry.put("reward", result.reward().text());
    Results.number(entry, "cpuMsPerMinibatch", result.cpuMs().median());
    Results.number(entry, "cpuMsPerMinibatchP10", result.cpuMs().p10());
    Results.number(entry, "relativeMse", result.relativeMse());
    Results.number(entry, "cosine", result.cosine());
    Results.number(entry, "biasSquared", result.biasSquared());
    Results.number(entry, "biasSquaredError", result.biasSquaredError());
  }
}
