package hindcast.bench;

import hindcast.numeric.CounterBasedRandom;
import hindcast.training.Adam;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains a policy through stages of falling perplexity: from Θ = c I (the first stage) by Adam on
 * the sparse reward until the perplexity is at or below the target, or the steps are used up; then
 * Θ is scaled to the target, so that runs are comparable. How long that took and the factor are
 * part of the stage.
 */
final class StageTraining {
  private static final List<String> NAMES = List.of("early", "half-way", "peaked");
  private static final int CHECK_EVERY = 10;
  private static final double RELATIVE_RATE = 0.02;

  private final BenchData data;
  private final ThetaGradient gradient;
  private final Perplexity perplexity;
  private final int batchSize;
  private final int stepsAStage;
  private final long seed;
  private final Progress progress;

  StageTraining(
      BenchData data,
      ThetaGradient gradient,
      Perplexity perplexity,
      int batchSize,
      int stepsAStage,
      long seed,
      Progress progress) {
    this.data = data;
    this.gradient = gradient;
    this.perplexity = perplexity;
    this.batchSize = batchSize;
    this.stepsAStage = stepsAStage;
    this.seed = seed;
    this.progress = progress;
  }

  /** One stage for each target; they fall. */
  List<Stage> run(double[] targets) {
    int dimension = data.items().dimension();
    double[] theta = identity(dimension);
    double start = perplexity.scaleFor(theta, targets[0]);
    multiply(theta, start);
    List<Stage> stages = new ArrayList<>();
    stages.add(stage(0, theta, targets[0], 0));
    Adam adam = new Adam(0.9, 0.999, 1e-12, theta.length);
    long steps = 0;
    for (int s = 1; s < targets.length; s++) {
      List<SessionBatch> batches =
          SessionBatch.draw(data.items(), data.train(), stepsAStage, batchSize, seed + s);
      double[] out = new double[theta.length];
      double reached = perplexity.of(theta, 1);
      for (int b = 0; b < stepsAStage && reached > targets[s]; b++) {
        gradient.fit(theta, batches.get(b), CounterBasedRandom.bits(seed, steps));
        gradient.of(Reward.SPARSE, out);
        adam.step(theta, out, RELATIVE_RATE * start);
        steps++;
        if ((b + 1) % CHECK_EVERY == 0) {
          reached = perplexity.of(theta, 1);
          progress.say(
              "training to %s: step %d, perplexity %.1f".formatted(name(s), steps, reached));
        }
      }
      stages.add(stage(s, theta, targets[s], steps));
    }
    return stages;
  }

  private Stage stage(int s, double[] theta, double target, long steps) {
    double scale = s == 0 ? 1 : perplexity.scaleFor(theta, target);
    double[] scaled = theta.clone();
    multiply(scaled, scale);
    double reached = perplexity.of(scaled, 1);
    progress.say("stage %s: perplexity %.1f after %d steps".formatted(name(s), reached, steps));
    return new Stage(name(s), scaled, reached, steps, scale);
  }

  private static String name(int s) {
    return s < NAMES.size() ? NAMES.get(s) : "stage-" + (s + 1);
  }

  private static double[] identity(int dimension) {
    double[] identity = new double[dimension * dimension];
    for (int l = 0; l < dimension; l++) {
      identity[l * dimension + l] = 1;
    }
    return identity;
  }

  private static void multiply(double[] theta, double scale) {
    for (int k = 0; k < theta.length; k++) {
      theta[k] *= scale;
    }
  }
}
