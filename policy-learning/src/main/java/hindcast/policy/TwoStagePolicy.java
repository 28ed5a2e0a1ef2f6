package hindcast.policy;

import hindcast.gradient.ItemFunction;
import java.util.Arrays;

/**
 * POTEC's policy in one context: a cluster is drawn from a softmax, and of it the item with the
 * largest prediction is shown.
 *
 * <pre>
 *   π(a|x) = Σ_c π₁(c|x) 1[a = best(x, c)]      best(x, c) = argmax_{a ∈ c} f(x, a), the first of several
 * </pre>
 *
 * <p>Source: Saito, Yao and Joachims 2025; baselines 3.
 *
 * @param firstStage π₁(·|x), one number for each cluster
 * @param best the item of each cluster, -1 for an empty one
 */
public record TwoStagePolicy(double[] firstStage, int[] best) {

  /** The policy of a context from its first stage and the predictions of every item. */
  public static TwoStagePolicy of(
      double[] firstStage, int[] clusterOfItem, ItemFunction prediction) {
    int[] best = new int[firstStage.length];
    Arrays.fill(best, -1);
    for (int a = 0; a < clusterOfItem.length; a++) {
      int c = clusterOfItem[a];
      if (best[c] < 0 || prediction.at(a) > prediction.at(best[c])) {
        best[c] = a;
      }
    }
    return new TwoStagePolicy(firstStage, best);
  }

  /** π(a|x). */
  public double probability(int item) {
    double sum = 0;
    for (int c = 0; c < best.length; c++) {
      sum += best[c] == item ? firstStage[c] : 0;
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TwoStagePolicy that
        && Arrays.equals(firstStage, that.firstStage)
        && Arrays.equals(best, that.best);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(firstStage) + Arrays.hashCode(best);
  }
}
