package hindcast.catalogue;

/**
 * The fixed item vectors β_a ∈ ℝᴸ of a catalogue of P items, and the few linear maps learning needs
 * of them. All vectors are double; how the items are stored is the implementation's business.
 *
 * <p>Implementations are immutable and safe for use by several threads.
 */
public sealed interface ItemEmbeddings
    permits PackedEmbeddings, PartitionedEmbeddings, Float64Embeddings, OneHotEmbeddings {

  /** P, the number of items. */
  int size();

  /** L, the length of an item's vector. */
  int dimension();

  /** Scores of every item: {@code out[a] = h · β_a}; {@code out} holds at least P numbers. */
  void scores(double[] h, double[] out);

  /** Scores of some items: {@code out[j] = h · β_items[j]} for j below {@code count}. */
  default void scores(double[] h, int[] items, int count, double[] out) {
    for (int j = 0; j < count; j++) {
      out[j] = score(items[j], h);
    }
  }

  /** The score h · β_a of one item. */
  double score(int item, double[] h);

  /** {@code out += scale · β_a}. */
  void addScaled(int item, double scale, double[] out);

  /** {@code out = Σ_a weights[a] · β_a} over every item. */
  void weightedSum(double[] weights, double[] out);

  /** {@code out = Σ_j weights[j] · β_items[j]} over some items. */
  default void weightedSum(int[] items, int count, double[] weights, double[] out) {
    java.util.Arrays.fill(out, 0);
    for (int j = 0; j < count; j++) {
      if (weights[j] != 0) {
        addScaled(items[j], weights[j], out);
      }
    }
  }

  /** A copy of β_a. */
  default double[] vector(int item) {
    double[] vector = new double[dimension()];
    addScaled(item, 1, vector);
    return vector;
  }

  /** |β_a|². */
  default double squaredNorm(int item) {
    return score(item, vector(item));
  }
}
