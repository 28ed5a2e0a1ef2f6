package hindcast.testing;

import hindcast.numeric.CounterBasedRandom;
import hindcast.training.SideInformation;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A small random minibatch with everything any objective could ask for. */
public final class RandomProblem {
  /** Items. */
  public static final int P = 7;

  /** Events. */
  public static final int N = 6;

  private static final int D = 2;
  private static final int L = 3;

  /** Θ. */
  public final double[][] theta;

  /** β. */
  public final double[][] beta;

  /** Features. */
  public final double[][] x;

  /** Logged items. */
  public final int[] action = new int[N];

  /** Rewards, all above 0. */
  public final double[] reward = new double[N];

  /** Propensities: π₀ of the logged item. */
  public final double[] propensity = new double[N];

  /** U. */
  public final double[] uncertainty = new double[N];

  private final double[][] q;
  private final double[][] rows;
  private final double[][] embedding;
  private final long seed;

  /** The problem of a seed. */
  public RandomProblem(long seed) {
    this.seed = seed;
    theta = matrix(1, D, L, 0.5);
    beta = matrix(2, P, L, 1);
    x = matrix(3, N, D, 1);
    q = uniform(4, N, P);
    rows = normalised(uniform(5, N, P));
    embedding = normalised(uniform(6, P, 3));
    for (int i = 0; i < N; i++) {
      action[i] = CounterBasedRandom.below(key(7), i, P);
      reward[i] = CounterBasedRandom.uniform(key(8), i);
      propensity[i] = rows[i][action[i]];
      uncertainty[i] = CounterBasedRandom.uniform(key(9), i);
    }
  }

  /** With these clusters. */
  public Problem problem(int[] clusters, double[] rewards, double[] uncertainties) {
    return new Problem(
        beta,
        x,
        action,
        rewards,
        propensity,
        uncertainties,
        i ->
            SideInformation.NONE
                .withRewardModel(b -> q[i][b])
                .withLoggingRow(rows[i])
                .withClusters(clusters, Double.NaN)
                .withSelection(
                    IntStream.range(0, P).filter(b -> b != (action[i] + i) % P).toArray(),
                    Double.NaN)
                .withEmbedding(i % 3, embedding)
                .withState(i % 2));
  }

  /** With two or three clusters. */
  public Problem problem() {
    return problem(IntStream.range(0, P).map(b -> b % 3).toArray(), reward, uncertainty);
  }

  private long key(int purpose) {
    return CounterBasedRandom.key(seed, "problem", purpose, "");
  }

  private double[][] matrix(int purpose, int rowCount, int columns, double scale) {
    double[][] m = new double[rowCount][columns];
    for (int i = 0; i < rowCount; i++) {
      for (int l = 0; l < columns; l++) {
        m[i][l] = scale * CounterBasedRandom.gaussian(key(purpose), i * columns + l);
      }
    }
    return m;
  }

  private double[][] uniform(int purpose, int rowCount, int columns) {
    double[][] m = new double[rowCount][columns];
    for (int i = 0; i < rowCount; i++) {
      for (int l = 0; l < columns; l++) {
        m[i][l] = 0.05 + 0.95 * CounterBasedRandom.uniform(key(purpose), i * columns + l);
      }
    }
    return m;
  }

  private static double[][] normalised(double[][] m) {
    for (double[] row : m) {
      double sum = Arrays.stream(row).sum();
      for (int l = 0; l < row.length; l++) {
        row[l] /= sum;
      }
    }
    return m;
  }
}
