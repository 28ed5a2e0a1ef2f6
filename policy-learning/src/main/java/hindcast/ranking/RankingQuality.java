package hindcast.ranking;

import hindcast.catalogue.ExactIndex;
import java.util.Arrays;

/**
 * How good a list of K recommendations is, against the items known to be relevant.
 *
 * <pre>
 *   precision = hits / K      recall = hits / |relevant|
 *   ndcg = Σ_{hits} 1/log₂(rank + 1)  /  Σ_{rank ≤ min(K, |relevant|)} 1/log₂(rank + 1)
 * </pre>
 *
 * <p>Items seen in training are masked: never recommended. Ties go to the smallest index.
 *
 * <p>Source: baselines 5.
 *
 * @param precision in [0, 1]
 * @param recall in [0, 1]
 * @param ndcg in [0, 1]
 */
public record RankingQuality(double precision, double recall, double ndcg) {

  /** The K items of largest score that are not masked, best first. */
  public static int[] top(double[] scores, int[] masked, int k) {
    double[] allowed = scores.clone();
    for (int item : masked) {
      allowed[item] = Double.NEGATIVE_INFINITY;
    }
    int[] top =
        new int[Math.min(k, scores.length - (int) Arrays.stream(masked).distinct().count())];
    ExactIndex.select(allowed, allowed.length, top.length, top);
    return top;
  }

  /**
   * The quality of a list.
   *
   * @param top recommended items, best first
   * @param relevant at least one item
   * @param k K, which may exceed the length of the list
   */
  public static RankingQuality of(int[] top, int[] relevant, int k) {
    if (relevant.length == 0) {
      throw new IllegalArgumentException("ranking quality needs at least one relevant item");
    }
    double gain = 0;
    double ideal = 0;
    int hits = 0;
    for (int rank = 1; rank <= Math.min(k, top.length); rank++) {
      int item = top[rank - 1];
      if (Arrays.stream(relevant).anyMatch(r -> r == item)) {
        hits++;
        gain += discount(rank);
      }
    }
    for (int rank = 1; rank <= Math.min(k, relevant.length); rank++) {
      ideal += discount(rank);
    }
    return new RankingQuality((double) hits / k, (double) hits / relevant.length, gain / ideal);
  }

  private static double discount(int rank) {
    return Math.log(2) / Math.log(rank + 1);
  }
}
