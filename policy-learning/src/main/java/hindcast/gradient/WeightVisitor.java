package hindcast.gradient;

/**
 * Sees the places that stand for a softmax, with the log weight of all items of each together;
 * −10³⁰ where they do not count.
 */
interface WeightVisitor {
  /** Every place of some blocks. */
  void places(int fromBlock, int toBlock, float[] logWeights);

  /** One place. */
  void one(int place, float logWeight);
}
