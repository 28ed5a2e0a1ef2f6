package hindcast.catalogue;

import static hindcast.numeric.MinibatchKernels.BLOCK;

import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;

/**
 * Item vectors in single precision, in one array, in the order the kernels read them: {@code
 * packed[(block L + l) 16 + j]} is component l of item 16 block + j (see {@link MinibatchKernels}).
 * The last block is filled up with zero vectors.
 *
 * <p>Scores are computed in single precision from h rounded to single precision: off by less than L
 * · 6·10⁻⁸ · |h||β|. An item scored alone has the same bits as in the scores of all. {@link
 * #weightedSum} works in double precision.
 *
 * <p>P · L, P rounded up to whole blocks, is below 2³¹ − 16: 33 million items at L = 64.
 *
 * <p>Errors: {@link IllegalArgumentException} for sizes that do not fit and for NaN or infinity.
 */
public final class PackedEmbeddings implements ItemEmbeddings {
  private static final int BLOCKS_AT_ONCE = 64;

  private final MinibatchKernels kernels = MinibatchKernels.fastest();
  private final float[] packed;
  private final int size;
  private final int dimension;

  private PackedEmbeddings(float[] packed, int size, int dimension) {
    this.packed = packed;
    this.size = size;
    this.dimension = dimension;
  }

  /**
   * Vectors row by row.
   *
   * @param rows {@code rows[a * dimension + l]}, copied
   * @param size P
   * @param dimension L
   */
  public static PackedEmbeddings ofRows(float[] rows, int size, int dimension) {
    Shapes.require(size, dimension, rows.length);
    float[] packed = new float[packedLength(size, dimension)];
    for (int a = 0; a < size; a++) {
      int at = place(a, dimension);
      int row = a * dimension;
      for (int l = 0; l < dimension; l++) {
        packed[at + l * BLOCK] = rows[row + l];
      }
    }
    return ofPacked(packed, size, dimension);
  }

  /**
   * Vectors in packed order.
   *
   * @param packed taken over, not copied; must not be changed afterwards; zero where items are
   *     missing in the last block
   * @param size P
   * @param dimension L
   */
  public static PackedEmbeddings ofPacked(float[] packed, int size, int dimension) {
    Shapes.require(size, dimension, (long) size * dimension);
    if (packedLength(size, dimension) != packed.length) {
      throw new IllegalArgumentException(
          "packed embeddings of %d x %d need %d numbers: %d"
              .formatted(size, dimension, packedLength(size, dimension), packed.length));
    }
    requireFinite(packed, dimension);
    requireZeroPadding(packed, size, dimension);
    return new PackedEmbeddings(packed, size, dimension);
  }

  /** How many numbers P vectors of length L take. */
  public static int packedLength(int size, int dimension) {
    long length = (long) blocks(size) * BLOCK * dimension;
    if (length > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException(
          "embeddings must have fewer than 2^31 - 16 numbers: " + size + " x " + dimension);
    }
    return (int) length;
  }

  /** Every vector in packed order; read only. */
  public float[] packed() {
    return packed;
  }

  /** How many blocks of 16 items, the last one filled up. */
  public int blocks() {
    return blocks(size);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public void scores(double[] h, double[] out) {
    float[] single = single(h);
    float[] scores = new float[Math.min(blocks(), BLOCKS_AT_ONCE) * BLOCK];
    for (int block = 0; block < blocks(); block += BLOCKS_AT_ONCE) {
      int end = Math.min(blocks(), block + BLOCKS_AT_ONCE);
      kernels.scoresOfOne(packed, dimension, block, end, single, scores, 0);
      int first = block * BLOCK;
      int items = Math.min(size, end * BLOCK) - first;
      for (int k = 0; k < items; k++) {
        out[first + k] = scores[k];
      }
    }
  }

  @Override
  public void scores(double[] h, int[] items, int count, double[] out) {
    float[] single = single(h);
    for (int j = 0; j < count; j++) {
      out[j] = kernels.score(packed, dimension, items[j], single);
    }
  }

  @Override
  public double score(int item, double[] h) {
    return kernels.score(packed, dimension, item, single(h));
  }

  @Override
  public void addScaled(int item, double scale, double[] out) {
    int at = place(item, dimension);
    for (int l = 0; l < dimension; l++) {
      out[l] += scale * packed[at + l * BLOCK];
    }
  }

  @Override
  public void weightedSum(double[] weights, double[] out) {
    Arrays.fill(out, 0, dimension, 0);
    int whole = size / BLOCK;
    for (int block = 0; block < whole; block++) {
      addBlock(block, weights, out);
    }
    for (int item = whole * BLOCK; item < size; item++) {
      addScaled(item, weights[item], out);
    }
  }

  private void addBlock(int block, double[] weights, double[] out) {
    int first = block * BLOCK;
    for (int l = 0; l < dimension; l++) {
      int row = (block * dimension + l) * BLOCK;
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      for (int j = 0; j < BLOCK; j += 4) {
        s0 += weights[first + j] * packed[row + j];
        s1 += weights[first + j + 1] * packed[row + j + 1];
        s2 += weights[first + j + 2] * packed[row + j + 2];
        s3 += weights[first + j + 3] * packed[row + j + 3];
      }
      out[l] += (s0 + s1) + (s2 + s3);
    }
  }

  /** h rounded to single precision, as scores are computed from it. */
  private float[] single(double[] h) {
    float[] single = new float[dimension];
    for (int l = 0; l < dimension; l++) {
      single[l] = (float) h[l];
    }
    return single;
  }

  private static int blocks(int size) {
    return (size - 1) / BLOCK + 1;
  }

  private static int place(int item, int dimension) {
    return (item / BLOCK) * dimension * BLOCK + item % BLOCK;
  }

  private static void requireFinite(float[] packed, int dimension) {
    for (int k = 0; k < packed.length; k++) {
      if (!(Math.abs(packed[k]) <= Float.MAX_VALUE)) {
        Shapes.requireFinite(packed[k], k / (BLOCK * dimension) * BLOCK + k % BLOCK);
      }
    }
  }

  private static void requireZeroPadding(float[] packed, int size, int dimension) {
    for (int item = size; item < blocks(size) * BLOCK; item++) {
      int at = place(item, dimension);
      for (int l = 0; l < dimension; l++) {
        if (packed[at + l * BLOCK] != 0) {
          throw new IllegalArgumentException(
              "packed embeddings must be zero after the last item: "
                  + packed[at + l * BLOCK]
                  + " (place "
                  + item
                  + " of "
                  + size
                  + " items)");
        }
      }
    }
  }
}
