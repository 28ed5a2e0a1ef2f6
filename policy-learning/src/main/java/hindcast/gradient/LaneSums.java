package hindcast.gradient;

import static hindcast.numeric.MinibatchKernels.BLOCK;
import static hindcast.numeric.MinibatchKernels.LANES;

import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;

/**
 * Running sums Σ e^u and Σ e^u β for 32 contexts, u the log weight of an item:
 *
 * <pre>
 *   Z_i = e^{s_i} Σ_j e^{u_ij − s_i}      g_i = Σ_j e^{u_ij − s_i} v_j β_j
 * </pre>
 *
 * v_j = 1, or the value of a function at item j, whose mean is summed too.
 *
 * <p>The shift s_i begins at a log weight that is going to be added, so that Z_i cannot vanish;
 * where a log weight exceeds it by more than {@value #SLACK}, the sums are rescaled and the shift
 * raised. What lies 50 below the shift counts 0. Weights are single precision, summed in blocks of
 * 128; g is added to double precision every {@value #FLUSH_BLOCKS} blocks.
 */
final class LaneSums {
  /** Blocks scored and summed at once: 128 items, whose vectors and scores stay in the cache. */
  static final int CHUNK = 8;

  private static final float SLACK = 20;
  private static final int FLUSH_BLOCKS = 64;
  private static final int MOST_ASIDE = 1024;
  private static final float[] NO_OFFSET = new float[LANES];

  private final MinibatchKernels kernels = MinibatchKernels.fastest();
  private final int dimension;
  private final float[] shift = new float[LANES];
  private final float[] largest = new float[LANES];
  private final double[] sums = new double[LANES];
  private final double[] valueSums = new double[LANES];
  private final float[] part;
  private final double[] total;
  private final float[][] aside;
  private final int[] asideBlocks = new int[LANES];
  private int unflushed;

  LaneSums(int dimension) {
    this.dimension = dimension;
    this.part = new float[dimension * LANES];
    this.total = new double[dimension * LANES];
    this.aside = new float[LANES][dimension * BLOCK];
  }

  /** Forgets everything; s_i = {@code first[i]}. */
  void start(float[] first) {
    System.arraycopy(first, 0, shift, 0, LANES);
    Arrays.fill(sums, 0);
    Arrays.fill(valueSums, 0);
    Arrays.fill(part, 0);
    Arrays.fill(total, 0);
    unflushed = 0;
    for (int i = 0; i < LANES; i++) {
      if (asideBlocks[i] > 0) {
        Arrays.fill(aside[i], 0);
        asideBlocks[i] = 0;
      }
    }
  }

  /**
   * Adds the items of some blocks to every context.
   *
   * @param u log weights, one for each item of the blocks and each context; overwritten
   * @param values what to multiply the weights of each item by in g; null for 1
   */
  void add(float[] packed, int fromBlock, int toBlock, float[] u, float[] values) {
    weigh((toBlock - fromBlock) * BLOCK, u, values);
    kernels.weightedSum(packed, dimension, fromBlock, toBlock, u, 0, part);
    flushAfter(toBlock - fromBlock);
  }

  /** The same for blocks that do not follow each other: {@code blocks[from]} and the next ones. */
  void add(float[] packed, int[] blocks, int from, int count, float[] u, float[] values) {
    weigh(count * BLOCK, u, values);
    for (int k = 0; k < count; k++) {
      int block = blocks[from + k];
      kernels.weightedSum(packed, dimension, block, block + 1, u, k * BLOCK * LANES, part);
    }
    flushAfter(count);
  }

  private void weigh(int items, float[] u, float[] values) {
    Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    kernels.maxima(u, 0, items, largest);
    for (int i = 0; i < LANES; i++) {
      raise(i, largest[i]);
    }
    kernels.exponentials(u, 0, items, shift, u, sums);
    if (values != null) {
      kernels.scale(u, 0, items, values, NO_OFFSET, valueSums);
    }
  }

  private void flushAfter(int blocks) {
    unflushed += blocks;
    if (unflushed >= FLUSH_BLOCKS) {
      flush();
    }
  }

  /**
   * Adds the items of some blocks to one context.
   *
   * @param u log weights; overwritten
   * @param highest the largest of them
   * @param values as above
   */
  void addToOne(
      int lane,
      float[] packed,
      int fromBlock,
      int toBlock,
      float[] u,
      float highest,
      float[] values) {
    raise(lane, highest);
    int items = (toBlock - fromBlock) * BLOCK;
    sums[lane] += kernels.exponentialsOfOne(u, 0, items, shift[lane], u);
    if (values != null) {
      valueSums[lane] += kernels.scaleOfOne(u, 0, items, values);
    }
    kernels.weightedSumAside(packed, dimension, fromBlock, toBlock, u, 0, aside[lane]);
    asideBlocks[lane] += toBlock - fromBlock;
    if (asideBlocks[lane] >= MOST_ASIDE) {
      collect(lane);
    }
  }

  /** Adds the partial sums of one context up. */
  private void collect(int lane) {
    if (asideBlocks[lane] > 0) {
      float[] partial = aside[lane];
      for (int l = 0; l < dimension; l++) {
        double sum = 0;
        for (int j = l * BLOCK; j < (l + 1) * BLOCK; j++) {
          sum += partial[j];
        }
        total[l * LANES + lane] += sum;
      }
      Arrays.fill(partial, 0);
      asideBlocks[lane] = 0;
    }
  }

  /** Adds one item of log weight u to one context, its vector times a value. */
  void addItem(int lane, float[] packed, int place, float u, double value) {
    raise(lane, u);
    double weight = Math.exp((double) u - shift[lane]);
    sums[lane] += weight;
    weight *= value;
    valueSums[lane] += weight;
    int at = (place / BLOCK) * dimension * BLOCK + place % BLOCK;
    for (int l = 0; l < dimension; l++) {
      total[l * LANES + lane] += weight * packed[at + l * BLOCK];
    }
  }

  private void raise(int lane, float u) {
    if (u > shift[lane] + SLACK) {
      double factor = Math.exp((double) shift[lane] - u);
      collect(lane);
      shift[lane] = u;
      sums[lane] *= factor;
      valueSums[lane] *= factor;
      for (int l = 0; l < dimension; l++) {
        total[l * LANES + lane] *= factor;
        part[l * LANES + lane] *= (float) factor;
      }
    }
  }

  private void flush() {
    for (int k = 0; k < part.length; k++) {
      total[k] += part[k];
    }
    Arrays.fill(part, 0);
    unflushed = 0;
  }

  /** s_i; read only. */
  float[] shifts() {
    return shift;
  }

  /** ln Z_i of what has been added. */
  double logZ(int lane) {
    return shift[lane] + Math.log(sums[lane]);
  }

  /** Σ e^u v / Σ e^u over the values items were added with. */
  double meanValue(int lane) {
    return valueSums[lane] / sums[lane];
  }

  /** Writes ln Z_i and the mean embeddings g_i / Z_i of the first contexts, {@code L} apart. */
  void results(int contexts, double[] logZ, double[] means, int from) {
    flush();
    for (int i = 0; i < contexts; i++) {
      collect(i);
      logZ[from + i] = logZ(i);
      for (int l = 0; l < dimension; l++) {
        means[(from + i) * dimension + l] = total[l * LANES + i] / sums[i];
      }
    }
  }
}
