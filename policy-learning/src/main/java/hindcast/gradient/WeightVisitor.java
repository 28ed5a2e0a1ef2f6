package hindcast.gradient;

/** Sees the items that stand for a softmax, with their log weights; −10³⁰ where they do not count. */
interface WeightVisitor {
  /** Every item of the places of some blocks; the multiplicity is in the log weight. */
  void places(int fromBlock, int toBlock, float[] logWeights);

  /** Every item of one place; the multiplicity is in the log weight. */
  void one(int place, float logWeight);

  /** Draws {@code from} (a multiple of 16) to {@code to} of a tail. */
  void draws(SharedTail tail, int from, int to, float[] logWeights);
}
