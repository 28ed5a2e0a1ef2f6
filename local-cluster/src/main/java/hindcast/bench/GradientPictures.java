package hindcast.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Error against time, one picture for each reward; an estimator's line runs through the stages.
 * Errors below 1e-8 are single precision's and are drawn there.
 */
final class GradientPictures {
  private static final double SMALLEST = 1e-8;

  private GradientPictures() {}

  static void draw(GradientRun run, Pictures pictures) throws IOException {
    for (Reward reward : Reward.values()) {
      Map<String, List<GradientResult>> lines = new LinkedHashMap<>();
      for (GradientResult result : run.results()) {
        if (result.reward() == reward) {
          lines.computeIfAbsent(result.label(), name -> new ArrayList<>()).add(result);
        }
      }
      pictures.draw(
          reward.text(),
          "%s, %,d x %d, %s: early to peaked"
              .formatted(run.data(), run.size(), run.dimension(), reward.text()),
          "CPU ms a minibatch of " + run.settings().batchSize(),
          "relative mean squared error",
          true,
          true,
          lines.entrySet().stream().map(line -> series(line.getKey(), line.getValue())).toList());
    }
  }

  private static Pictures.Series series(String name, List<GradientResult> results) {
    return new Pictures.Series(
        name,
        results.stream().mapToDouble(result -> result.cpuMs().median()).toArray(),
        results.stream().mapToDouble(result -> Math.max(SMALLEST, result.relativeMse())).toArray());
  }
}
