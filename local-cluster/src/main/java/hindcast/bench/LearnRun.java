package hindcast.bench;

import java.util.List;

/**
 * What a learning benchmark found.
 *
 * @param data name of the data
 * @param size P
 * @param dimension L
 * @param settings what was done
 * @param builds what was built before, with its time
 * @param start mean rewards before the first step
 * @param curves one for each contender and seed
 */
record LearnRun(
    String data,
    int size,
    int dimension,
    Settings settings,
    List<BuildTime> builds,
    Point start,
    List<Curve> curves) {

  /**
   * What to do.
   *
   * @param batchSize contexts in a minibatch
   * @param steps of Adam
   * @param every steps between two looks at the test users
   * @param learningRate of Adam, relative to the diagonal of the first Θ
   * @param perplexity of the first policy
   * @param seeds runs of each contender
   * @param seed of the data
   * @param contenders the estimators
   */
  record Settings(
      int batchSize,
      int steps,
      int every,
      double learningRate,
      double perplexity,
      int seeds,
      long seed,
      List<Contender> contenders) {}

  /**
   * A policy on the test users.
   *
   * @param step steps so far
   * @param cpuMs CPU milliseconds of these steps
   * @param expectedReward mean probability of showing a held item
   * @param greedyReward share of users whose best item is a held one
   */
  record Point(int step, double cpuMs, double expectedReward, double greedyReward) {}

  /**
   * A learning curve.
   *
   * @param chosen the estimator in use at the end
   */
  record Curve(Contender contender, long seed, String chosen, List<Point> points) {
    Point last() {
      return points.get(points.size() - 1);
    }
  }

  /** The curves of a contender. */
  List<Curve> of(Contender contender) {
    return curves.stream().filter(curve -> curve.contender().equals(contender)).toList();
  }
}
