package hindcast.simulation;

import hindcast.catalogue.ItemEmbeddings;

/**
 * The policy that serves the world: a softmax that explores,
 *
 * <p>π₀(a|x) = (1 − ε) e^{h(x)·β_a} / Z(x) + ε / P.
 *
 * <p>So p ≥ ε / P everywhere, and the importance weight of a policy π is at most π P / ε (1 / ε for
 * the uniform one). Items are drawn by inversion: a binary search among the cumulative sums of
 * blocks of items, then the scores of one block. A draw costs one block of scores, memory M · P /
 * {@value #BLOCK} doubles.
 */
final class ExploringSoftmax {
  private static final int BLOCK = 64;

  private final ItemEmbeddings embeddings;
  private final UserVectors users;
  private final double exploration;
  private final double[] logZ;
  private final double[][] blockSums;

  ExploringSoftmax(ItemEmbeddings embeddings, UserVectors users, int contexts, double exploration) {
    this.embeddings = embeddings;
    this.users = users;
    this.exploration = exploration;
    logZ = new double[contexts];
    blockSums = new double[contexts][];
    double[] scores = new double[embeddings.size()];
    double[] h = new double[embeddings.dimension()];
    for (int m = 0; m < contexts; m++) {
      users.copy(m, h);
      embeddings.scores(h, scores);
      logZ[m] = hindcast.numeric.LogSumExp.of(scores, scores.length);
      blockSums[m] = cumulative(scores, logZ[m]);
    }
  }

  /** π₀(a|x) of one item in context m. */
  double probability(int m, int item) {
    double[] h = new double[embeddings.dimension()];
    users.copy(m, h);
    return mixed(embeddings.score(item, h), logZ[m]);
  }

  /** π₀(·|x) of every item in context m. */
  void probabilities(int m, double[] out) {
    double[] h = new double[embeddings.dimension()];
    users.copy(m, h);
    embeddings.scores(h, out);
    for (int a = 0; a < embeddings.size(); a++) {
      out[a] = mixed(out[a], logZ[m]);
    }
  }

  /** An item drawn from π₀(·|x) in context m; always uses two random numbers. */
  int draw(int m, SeededRandom random) {
    boolean explore = random.happens(exploration);
    double u = random.nextDouble();
    return explore ? (int) (u * embeddings.size()) : drawSoftmax(m, u);
  }

  private int drawSoftmax(int m, double u) {
    double[] sums = blockSums[m];
    double target = u * sums[sums.length - 1];
    int block = firstAbove(sums, target);
    double sum = block == 0 ? 0 : sums[block - 1];
    double[] h = new double[embeddings.dimension()];
    users.copy(m, h);
    int end = Math.min(embeddings.size(), (block + 1) * BLOCK);
    for (int a = block * BLOCK; a < end; a++) {
      sum += Math.exp(embeddings.score(a, h) - logZ[m]);
      if (sum > target) {
        return a;
      }
    }
    return end - 1;
  }

  private double mixed(double score, double logZ) {
    return (1 - exploration) * Math.exp(score - logZ) + exploration / embeddings.size();
  }

  private static double[] cumulative(double[] scores, double logZ) {
    double[] sums = new double[(scores.length + BLOCK - 1) / BLOCK];
    double sum = 0;
    for (int a = 0; a < scores.length; a++) {
      sum += Math.exp(scores[a] - logZ);
      sums[a / BLOCK] = sum;
    }
    return sums;
  }

  private static int firstAbove(double[] sums, double target) {
    int low = 0;
    int high = sums.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sums[middle] > target) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
