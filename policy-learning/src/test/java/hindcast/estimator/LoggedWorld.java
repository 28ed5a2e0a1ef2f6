package hindcast.estimator;

import java.util.SplittableRandom;

/**
 * A small world whose truth is known: segments x items, a stochastic logging policy, a target
 * policy with bounded weights, Bernoulli rewards, clusters of items, and a reward model that is
 * wrong by a segment- and cluster-dependent amount.
 *
 * <p>With clusters the reward depends on the item through an embedding only: the item's cluster, or
 * with probability 1/5 the next one.
 */
final class LoggedWorld {
  private static final int CLUSTERS = 3;
  private static final double OWN_CLUSTER = 0.8;

  private final int segments;
  private final int items;
  private final double[][] logging;
  private final double[][] target;
  private final double[][] mean;
  private final double[][] model;
  private final double[][] embeddingMean;
  private final double[] modelValue;
  private final double[] loggingModelValue;
  private final boolean clustered;
  private final double value;
  private final double loggingValue;

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
    this.clustered = clustered;
    logging = new double[segments][];
    target = new double[segments][];
    mean = new double[segments][items];
    model = new double[segments][items];
    modelValue = new double[segments];
    loggingModelValue = new double[segments];
    embeddingMean = new double[segments][];
    double sum = 0;
    double loggingSum = 0;
    for (int s = 0; s < segments; s++) {
      logging[s] = softmax(random, sharpness);
      target[s] = bounded(softmax(random, sharpness), logging[s], largestWeight);
      double[] clusterMean = random.doubles(CLUSTERS, 0.2, 0.8).map(m -> rewardScale * m).toArray();
      embeddingMean[s] = clusterMean;
      double[] clusterError = random.doubles(CLUSTERS, -0.15, 0.15).toArray();
      for (int a = 0; a < items; a++) {
        mean[s][a] =
            clustered ? mixed(clusterMean, a) : rewardScale * (0.2 + 0.6 * random.nextDouble());
        model[s][a] = mean[s][a] + clusterError[a % CLUSTERS];
        modelValue[s] += target[s][a] * model[s][a];
        loggingModelValue[s] += logging[s][a] * model[s][a];
        sum += target[s][a] * mean[s][a] / segments;
        loggingSum += logging[s][a] * mean[s][a] / segments;
      }
    }
    value = sum;
    loggingValue = loggingSum;
  }

  private static double mixed(double[] ofCluster, int a) {
    return OWN_CLUSTER * ofCluster[a % CLUSTERS]
        + (1 - OWN_CLUSTER) * ofCluster[(a + 1) % CLUSTERS];
  }

  double value() {
    return value;
  }

  double loggingValue() {
    return loggingValue;
  }

  /** The reward model's mean under the logging policy. */
  double loggingModelValue(int segment) {
    return loggingModelValue[segment];
  }

  /** Draws the next event of the log into {@code f} and returns its segment. */
  int next(SplittableRandom random, ScoredFeedback f) {
    int s = random.nextInt(segments);
    int a = 0;
    for (double u = random.nextDouble() - logging[s][0]; u > 0 && a < items - 1; ) {
      u -= logging[s][++a];
    }
    double[] pi = new double[CLUSTERS];
    double[] pi0 = new double[CLUSTERS];
    for (int b = 0; b < items; b++) {
      pi[b % CLUSTERS] += target[s][b];
      pi0[b % CLUSTERS] += logging[s][b];
    }
    int c = a % CLUSTERS;
    int e = clustered && random.nextDouble() >= OWN_CLUSTER ? (c + 1) % CLUSTERS : c;
    double chance = clustered ? embeddingMean[s][e] : mean[s][a];
    f.set(target[s][a], logging[s][a], random.nextDouble() < chance ? 1 : 0)
        .withRewardModel(model[s][a], modelValue[s])
        .withUncertainty(0)
        .withSelection(true, 1, 1)
        .withCluster(pi[c], pi0[c])
        .withEmbedding(ofEmbedding(pi, e), ofEmbedding(pi0, e));
    return s;
  }

  /** {@code sum of the clusters' mass times p(e|c)}. */
  private static double ofEmbedding(double[] mass, int e) {
    return OWN_CLUSTER * mass[e] + (1 - OWN_CLUSTER) * mass[(e + CLUSTERS - 1) % CLUSTERS];
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
