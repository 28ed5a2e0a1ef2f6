package hindcast.estimator;

import java.util.SplittableRandom;

/**
 * A small world whose truth is known: segments x items, a stochastic logging policy, a target
 * policy with bounded weights, Bernoulli rewards, clusters of items, and a reward model that is
 * wrong by a segment- and cluster-dependent amount.
 */
final class LoggedWorld {
  private static final int CLUSTERS = 3;

  private final int segments;
  private final int items;
  private final double[][] logging;
  private final double[][] target;
  private final double[][] mean;
  private final double[][] model;
  private final double[] modelValue;
  private final double value;

  /**
   * @param clustered whether the mean reward depends on the item through its cluster only
   * @param sharpness how sharp the policies are
   * @param largestWeight bound on the weights
   * @param rewardScale factor of the mean rewards, which are .2 to .8 without it
   */
  LoggedWorld(
      long seed,
      int segments,
      int items,
      boolean clustered,
      double sharpness,
      double largestWeight,
      double rewardScale) {
    SplittableRandom random = new SplittableRandom(seed);
    this.segments = segments;
    this.items = items;
    logging = new double[segments][];
    target = new double[segments][];
    mean = new double[segments][items];
    model = new double[segments][items];
    modelValue = new double[segments];
    double sum = 0;
    for (int s = 0; s < segments; s++) {
      logging[s] = softmax(random, sharpness);
      target[s] = bounded(softmax(random, sharpness), logging[s], largestWeight);
      double[] clusterMean = random.doubles(CLUSTERS, 0.2, 0.8).toArray();
      double[] clusterError = random.doubles(CLUSTERS, -0.15, 0.15).toArray();
      for (int a = 0; a < items; a++) {
        mean[s][a] =
            rewardScale * (clustered ? clusterMean[a % CLUSTERS] : 0.2 + 0.6 * random.nextDouble());
        model[s][a] = mean[s][a] + clusterError[a % CLUSTERS];
        modelValue[s] += target[s][a] * model[s][a];
        sum += target[s][a] * mean[s][a] / segments;
      }
    }
    value = sum;
  }

  double value() {
    return value;
  }

  /** Draws the next event of the log into {@code f}. */
  void next(SplittableRandom random, ScoredFeedback f) {
    int s = random.nextInt(segments);
    int a = 0;
    for (double u = random.nextDouble() - logging[s][0]; u > 0 && a < items - 1; ) {
      u -= logging[s][++a];
    }
    double pi = 0;
    double pi0 = 0;
    for (int b = a % CLUSTERS; b < items; b += CLUSTERS) {
      pi += target[s][b];
      pi0 += logging[s][b];
    }
    f.set(target[s][a], logging[s][a], random.nextDouble() < mean[s][a] ? 1 : 0)
        .withRewardModel(model[s][a], modelValue[s])
        .withCluster(pi, pi0);
  }

  private double[] softmax(SplittableRandom random, double sharpness) {
    double[] p = new double[items];
    double sum = 0;
    for (int a = 0; a < items; a++) {
      p[a] = Math.exp(sharpness * random.nextDouble());
      sum += p[a];
    }
    for (int a = 0; a < items; a++) {
      p[a] /= sum;
    }
    return p;
  }

  /** Moves the target towards the logging policy until no weight is above the bound. */
  private static double[] bounded(double[] target, double[] logging, double largest) {
    double share = 1;
    for (int a = 0; a < target.length; a++) {
      if (target[a] > largest * logging[a]) {
        share = Math.min(share, (largest - 1) * logging[a] / (target[a] - logging[a]));
      }
    }
    for (int a = 0; a < target.length; a++) {
      target[a] = logging[a] + share * (target[a] - logging[a]);
    }
    return target;
  }
}
