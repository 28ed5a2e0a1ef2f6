package hindcast.catalogue;

/**
 * Finds the items with the largest scores h · β_a, exactly or approximately. Safe for use by
 * several threads.
 */
public interface MaximumInnerProductIndex {
  /**
   * The items with the largest inner products.
   *
   * @param h query, L numbers
   * @param k how many are wanted, at least 1
   * @param itemsOut receives item indexes, all different, best first as far as the index knows
   * @return how many were found: at most k
   */
  int topK(double[] h, int k, int[] itemsOut);

  /**
   * The same for a minibatch of queries; what comes out is what {@link #topK(double[], int, int[])}
   * finds for each of them, up to the order of equal scores.
   *
   * @param h queries
   * @param n how many
   * @param k how many items are wanted for each
   * @param itemsOut {@code itemsOut[i]} receives the items of query i
   * @return how many were found for each query
   */
  default int[] topK(double[][] h, int n, int k, int[][] itemsOut) {
    int[] counts = new int[n];
    for (int i = 0; i < n; i++) {
      counts[i] = topK(h[i], k, itemsOut[i]);
    }
    return counts;
  }
}
