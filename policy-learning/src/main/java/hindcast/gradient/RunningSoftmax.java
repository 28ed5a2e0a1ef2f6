package hindcast.gradient;

import static hindcast.numeric.MinibatchKernels.BLOCK;
import static hindcast.numeric.MinibatchKernels.LANES;

import hindcast.catalogue.PackedEmbeddings;
import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;

/**
 * Softmax sums of up to {@value MinibatchKernels#LANES} contexts over a catalogue that is read
 * once, chunk by chunk. A few items of each context are left out, for the caller to count in double
 * precision.
 *
 * <pre>
 *   m = max f     Σ e^{f − m}     Σ e^{f − m} β
 * </pre>
 *
 * <p>m is the largest score so far; a chunk with a larger one rescales the sums first. Sums inside
 * a chunk are the kernels' (single precision, in blocks), those of chunks double precision.
 */
final class RunningSoftmax {
  private final MinibatchKernels kernels;
  private final int dimension;
  private final float[] contexts;
  private final float[] max = new float[LANES];
  private final float[] largest = new float[LANES];
  private final double[] sums = new double[LANES];
  private final double[] ignored = new double[LANES];
  private final double[] weighted;
  private final float[] chunkWeighted;
  private final int[][] leftOut = new int[LANES][4];
  private final int[] leftOutCount = new int[LANES];
  private final int[] next = new int[LANES];
  private final int[] topFrom = new int[LANES];
  private final int[] topTo = new int[LANES];
  private final float[] offset = new float[LANES];
  private final double[] valueSums = new double[LANES];
  private final double[] valueWeighted;
  private final float[] h;
  private int used;

  RunningSoftmax(MinibatchKernels kernels, int dimension) {
    this.kernels = kernels;
    this.dimension = dimension;
    contexts = new float[dimension * LANES];
    weighted = new double[dimension * LANES];
    chunkWeighted = new float[dimension * LANES];
    valueWeighted = new double[dimension * LANES];
    h = new float[dimension];
  }

  /** Forgets contexts and sums. */
  void clear() {
    Arrays.fill(contexts, 0);
    Arrays.fill(max, -Float.MAX_VALUE);
    Arrays.fill(sums, 0);
    Arrays.fill(weighted, 0);
    Arrays.fill(leftOutCount, 0);
    Arrays.fill(next, 0);
    Arrays.fill(topFrom, 0);
    Arrays.fill(topTo, 0);
    used = 0;
  }

  /** Takes the next context. */
  void addContext(double[] h) {
    for (int l = 0; l < dimension; l++) {
      contexts[l * LANES + used] = (float) h[l];
    }
    used++;
  }

  /** Leaves items of the latest context out: increasing, all different. */
  void leaveOut(int[] items, int count) {
    int lane = used - 1;
    if (leftOut[lane].length < count) {
      leftOut[lane] = new int[2 * count];
    }
    System.arraycopy(items, 0, leftOut[lane], 0, count);
    leftOutCount[lane] = count;
  }

  /**
   * Adds the next items.
   *
   * @param scratch room for the scores of the blocks
   */
  void add(PackedEmbeddings items, int fromBlock, int toBlock, float[] scratch) {
    int first = fromBlock * BLOCK;
    int count = Math.min(items.size(), toBlock * BLOCK) - first;
    kernels.scores(items.packed(), dimension, fromBlock, toBlock, contexts, scratch, 0);
    maskLeftOut(first, count, scratch);
    System.arraycopy(max, 0, largest, 0, LANES);
    kernels.maxima(scratch, 0, count, largest);
    rescale(fromBlock, toBlock);
    kernels.exponentials(scratch, 0, count, max, scratch, sums);
    addWeighted(items, fromBlock, toBlock, count, scratch, weighted);
  }

  private void addWeighted(
      PackedEmbeddings items,
      int fromBlock,
      int toBlock,
      int count,
      float[] weights,
      double[] total) {
    Arrays.fill(weights, count * LANES, (toBlock - fromBlock) * BLOCK * LANES, 0);
    Arrays.fill(chunkWeighted, 0);
    kernels.weightedSum(items.packed(), dimension, fromBlock, toBlock, weights, 0, chunkWeighted);
    for (int k = 0; k < total.length; k++) {
      total[k] += chunkWeighted[k];
    }
  }

  /**
   * Begins the sums Σ e^{f − m} (q − c) and Σ e^{f − m} (q − c) β of a function q over the same
   * items; c is the value of the item with the largest score, so that nothing cancels where it has
   * nearly all probability.
   */
  void beginValues(PackedEmbeddings items, ItemFunction q, float[] scratch) {
    Arrays.fill(valueSums, 0);
    Arrays.fill(valueWeighted, 0);
    Arrays.fill(next, 0);
    Arrays.fill(offset, 0);
    for (int lane = 0; lane < used; lane++) {
      context(lane, h);
      kernels.scoresOfOne(items.packed(), dimension, topFrom[lane], topTo[lane], h, scratch, 0);
      int first = topFrom[lane] * BLOCK;
      int count = Math.min(items.size(), topTo[lane] * BLOCK) - first;
      for (int j = 0; j < count; j++) {
        if (scratch[j] == max[lane]) {
          offset[lane] = (float) q.at(first + j);
        }
      }
    }
  }

  /** Adds the next items to the sums of the function, with its values at these items. */
  void addValues(
      PackedEmbeddings items, int fromBlock, int toBlock, float[] values, float[] scratch) {
    int first = fromBlock * BLOCK;
    int count = Math.min(items.size(), toBlock * BLOCK) - first;
    kernels.scores(items.packed(), dimension, fromBlock, toBlock, contexts, scratch, 0);
    maskLeftOut(first, count, scratch);
    kernels.exponentials(scratch, 0, count, max, scratch, ignored);
    kernels.scale(scratch, 0, count, values, offset, valueSums);
    addWeighted(items, fromBlock, toBlock, count, scratch, valueWeighted);
  }

  /** c of a context. */
  double offset(int lane) {
    return offset[lane];
  }

  /** Σ e^{f − m} (q − c) of a context. */
  double valueSum(int lane) {
    return valueSums[lane];
  }

  /** Component l of Σ e^{f − m} (q − c) β of a context. */
  double valueWeighted(int lane, int l) {
    return valueWeighted[l * LANES + lane];
  }

  private void maskLeftOut(int first, int count, float[] f) {
    for (int lane = 0; lane < used; lane++) {
      int[] items = leftOut[lane];
      while (next[lane] < leftOutCount[lane] && items[next[lane]] < first + count) {
        f[(items[next[lane]++] - first) * LANES + lane] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  private void rescale(int fromBlock, int toBlock) {
    for (int lane = 0; lane < LANES; lane++) {
      if (largest[lane] > max[lane]) {
        double factor = Math.exp((double) max[lane] - largest[lane]);
        sums[lane] *= factor;
        for (int l = 0; l < dimension; l++) {
          weighted[l * LANES + lane] *= factor;
        }
        max[lane] = largest[lane];
        topFrom[lane] = fromBlock;
        topTo[lane] = toBlock;
      }
    }
  }

  /** m of a context. */
  float max(int lane) {
    return max[lane];
  }

  /**
   * log Σ e^f of a context; minus infinity if every item is left out, NaN if a score overflowed.
   */
  double logSum(int lane) {
    if (Float.isInfinite(max[lane])) {
      return Double.NaN;
    }
    return sums[lane] == 0 ? Double.NEGATIVE_INFINITY : max[lane] + Math.log(sums[lane]);
  }

  /** Writes Σ e^f β / Σ e^f of a context; 0 if every item is left out. */
  void mean(int lane, double[] out) {
    for (int l = 0; l < dimension; l++) {
      out[l] = sums[lane] == 0 ? 0 : weighted[l * LANES + lane] / sums[lane];
    }
  }

  /** Writes h of a context as scores are computed from it. */
  void context(int lane, float[] h) {
    for (int l = 0; l < dimension; l++) {
      h[l] = contexts[l * LANES + lane];
    }
  }
}
