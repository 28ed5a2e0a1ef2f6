package hindcast.catalogue;

import java.util.Arrays;

/** Recall by value, against scores in double precision. */
final class Recall {
  private Recall() {}

  /** Mean recall@k of an index over some queries, asked as one batch. */
  static double of(MaximumInnerProductIndex index, ItemEmbeddings items, double[][] h, int k) {
    int[][] found = new int[h.length][k];
    int[] counts = index.topK(h, h.length, k, found);
    double sum = 0;
    double[] all = new double[items.size()];
    for (int q = 0; q < h.length; q++) {
      items.scores(h[q], all);
      double[] got = new double[counts[q]];
      for (int j = 0; j < got.length; j++) {
        got[j] = all[found[q][j]];
      }
      sum += RecallProbe.recall(got, got.length, best(all, k));
    }
    return sum / h.length;
  }

  /** The k largest numbers, falling. */
  static double[] best(double[] all, int k) {
    double[] sorted = all.clone();
    Arrays.sort(sorted);
    double[] best = new double[Math.min(k, sorted.length)];
    Arrays.setAll(best, j -> sorted[sorted.length - 1 - j]);
    return best;
  }
}
