package hindcast.bench;

import java.util.List;

/**
 * What a gradient benchmark is to do.
 *
 * @param batchSize contexts in a minibatch
 * @param perplexities of the stages, falling; empty for a choice by size
 * @param contenders the estimators
 * @param rounds timed rounds
 * @param minibatches different minibatches for errors and times
 * @param repetitions estimates of each minibatch's gradient, with draws of their own
 * @param stepsAStage training steps at most from stage to stage
 * @param seed of everything drawn
 */
record GradientSettings(
    int batchSize,
    double[] perplexities,
    List<Contender> contenders,
    int rounds,
    int minibatches,
    int repetitions,
    int stepsAStage,
    long seed) {

  /** The perplexities of the stages over P items. */
  double[] perplexities(int size) {
    if (perplexities.length > 0) {
      return perplexities;
    }
    return new double[] {
      size / 2.0, Math.min(2000, size / 8.0), Math.min(20, Math.max(1.5, size / 64.0))
    };
  }
}
