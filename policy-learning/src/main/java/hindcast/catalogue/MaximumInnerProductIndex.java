package hindcast.catalogue;

/** Finds the items with the largest scores h · β_a. */
public interface MaximumInnerProductIndex {
  /**
   * The items with the largest inner products, exactly or approximately.
   *
   * @param h query, L numbers
   * @param k how many are wanted, at least 1
   * @param itemsOut receives item indexes, all different, best first as far as the index knows
   * @return how many were found: at most k
   */
  int topK(double[] h, int k, int[] itemsOut);
}
