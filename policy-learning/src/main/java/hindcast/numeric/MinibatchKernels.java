package hindcast.numeric;

/**
 * The arithmetic of a softmax over a catalogue for a minibatch of contexts, in single precision.
 *
 * <p><b>Layout.</b> {@value #LANES} contexts lie side by side, in the lanes of vector registers; a
 * larger minibatch is cut into groups of {@value #LANES}, a smaller one padded. Item vectors lie in
 * blocks of {@value #BLOCK}, dimension by dimension inside a block, so that a kernel reads memory
 * in order and finds {@value #BLOCK} items per component beside each other:
 *
 * <pre>
 *   items     packed[(block L + l) 16 + j]     component l of item 16 block + j
 *   contexts  lanes[l 32 + i]                  component l of h_i
 *   scores    f[item 32 + i]                   h_i · β_item, items counted from the call's first
 *   sums      g[l 32 + i]                      component l of a sum of item vectors for context i
 * </pre>
 *
 * Items missing in the last block are zero vectors.
 *
 * <p><b>Numbers.</b> Every score is one chain of products and sums over l = 0, 1, ..., L − 1,
 * whichever method computes it: an item scored alone, with a context alone, or in a minibatch has
 * the same bits. Sums over items are cut into blocks of {@value BlockwiseSum#LENGTH}, each summed
 * from zero (see {@link BlockwiseSum}).
 *
 * <p>{@link #fastest} uses the Vector API where the JVM was started with {@code --add-modules
 * jdk.incubator.vector}, and plain loops otherwise; the two differ in the last bits. Stateless and
 * safe for use by several threads; nothing is allocated. Sizes are the caller's business: what does
 * not fit throws {@link IndexOutOfBoundsException}.
 */
public interface MinibatchKernels {
  /** Contexts side by side. */
  int LANES = 32;

  /** Items in a block. */
  int BLOCK = 16;

  /** What lies this far below the largest score, or further, weighs exactly 0. */
  float LOWEST = -50;

  /** The kernels of this JVM. */
  static MinibatchKernels fastest() {
    return FastestKernels.INSTANCE;
  }

  /** A name for reports: {@code scalar} or {@code vector-512} (bits of a register). */
  String name();

  /** {@code Σ u[uFrom + k] · v[vFrom + k]} over k below {@code length}. */
  float dot(float[] u, int uFrom, float[] v, int vFrom, int length);

  /**
   * Scores of every item of some blocks for {@value #LANES} contexts.
   *
   * @param packed items
   * @param dimension L
   * @param fromBlock first block
   * @param toBlock block after the last
   * @param lanes contexts
   * @param out receives {@code out[outFrom + (item − 16 fromBlock) 32 + i]}
   * @param outFrom where to begin
   */
  void scores(
      float[] packed,
      int dimension,
      int fromBlock,
      int toBlock,
      float[] lanes,
      float[] out,
      int outFrom);

  /** Scores of one item for {@value #LANES} contexts: {@code out[outFrom + i]}. */
  void scoreItem(float[] packed, int dimension, int item, float[] lanes, float[] out, int outFrom);

  /** The score of one item for one context, {@code h[l]}. */
  float score(float[] packed, int dimension, int item, float[] h);

  /** Scores of every item of some blocks for one context: {@code out[outFrom + item − ...]}. */
  void scoresOfOne(
      float[] packed,
      int dimension,
      int fromBlock,
      int toBlock,
      float[] h,
      float[] out,
      int outFrom);

  /** {@code max[i] = max(max[i], f[from + item 32 + i])} over some items. */
  void maxima(float[] f, int from, int items, float[] max);

  /**
   * Exponentials of scores for {@value #LANES} contexts, and their sums.
   *
   * <pre>
   *   out[from + item 32 + i] = exp(f[from + item 32 + i] − shift[i])     0 at −50 and below
   *   sums[i] += Σ_item out[from + item 32 + i]
   * </pre>
   *
   * Relative error below 3·10⁻⁷. No denormal number appears.
   *
   * @param f scores; f − shift at most 80
   * @param from where scores and exponentials begin
   * @param items how many
   * @param shift one for each context, usually the largest score
   * @param out may be {@code f}
   * @param sums one for each context
   */
  void exponentials(float[] f, int from, int items, float[] shift, float[] out, double[] sums);

  /** The same for one context and {@code count} adjacent numbers; returns their sum. */
  double exponentialsOfOne(float[] f, int from, int count, float shift, float[] out);

  /**
   * Multiplies the weights of each item by a value of its own: {@code f[from + item 32 + i] *=
   * values[item] − offset[i]}, and {@code sums[i] += Σ_item} of the products.
   */
  void scale(float[] f, int from, int items, float[] values, float[] offset, double[] sums);

  /** The same for one context, without an offset; returns the sum. */
  double scaleOfOne(float[] f, int from, int count, float[] values);

  /**
   * Weighted sums of item vectors for {@value #LANES} contexts: {@code g[l 32 + i] += Σ_item
   * weights[weightsFrom + (item − 16 fromBlock) 32 + i] · β_item[l]}.
   *
   * <p>g is single precision: add it to a double precision sum every thousand items or so.
   */
  void weightedSum(
      float[] packed,
      int dimension,
      int fromBlock,
      int toBlock,
      float[] weights,
      int weightsFrom,
      float[] g);

  /** The same for one context: {@code g[l] += Σ_item weights[...] · β_item[l]}. */
  void weightedSumOfOne(
      float[] packed,
      int dimension,
      int fromBlock,
      int toBlock,
      float[] weights,
      int weightsFrom,
      double[] g);

  /**
   * The same for one context, left in sixteen partial sums: {@code aside[l 16 + j] += Σ_block
   * weights[...] · β_item[l]} over the items that are j-th in their block. Reads the items once, in
   * order; whoever calls adds the sixteen up when the last block is in.
   *
   * <p>aside is single precision: add it to a double precision sum every thousand blocks or so.
   */
  void weightedSumAside(
      float[] packed,
      int dimension,
      int fromBlock,
      int toBlock,
      float[] weights,
      int weightsFrom,
      float[] aside);
}
