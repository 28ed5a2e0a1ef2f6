package hindcast.catalogue;

import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;

/**
 * The nearest of C centroids for 32 items at a time, by one matrix product. |x − m|² is smallest
 * where x · m − |m|² / 2 is largest, so a centroid is packed with −|m|² / 2 as component L and an
 * item carries a 1 there. Ties go to the first centroid. Immutable; each thread has its own {@link
 * Lanes}.
 */
final class NearestCentroids {
  private static final int LANES = 32;
  private static final int BLOCK = 16;
  private static final MinibatchKernels KERNELS = MinibatchKernels.fastest();
  private final float[] packed;
  private final int count;
  private final int dimension;
  private final int blocks;

  /** Centroids row by row: {@code rows[c * dimension + l]}, at least one. */
  NearestCentroids(float[] rows, int count, int dimension) {
    this.count = count;
    this.dimension = dimension;
    this.blocks = (count + BLOCK - 1) / BLOCK;
    this.packed = new float[blocks * BLOCK * (dimension + 1)];
    for (int c = 0; c < blocks * BLOCK; c++) {
      int at = c / BLOCK * (dimension + 1) * BLOCK + c % BLOCK;
      double square = 0;
      for (int l = 0; l < dimension && c < count; l++) {
        float component = rows[c * dimension + l];
        packed[at + l * BLOCK] = component;
        square += (double) component * component;
      }
      packed[at + dimension * BLOCK] = c < count ? (float) (-square / 2) : -Float.MAX_VALUE;
    }
  }

  /** C. */
  int count() {
    return count;
  }

  /** Room for 32 items in search of their centroids. */
  final class Lanes {
    /** Component l of the i-th item at {@code l * 32 + i}. */
    final float[] components = new float[(dimension + 1) * LANES];

    private final float[] scores = new float[BLOCK * LANES];
    private final float[] blockMax = new float[LANES];
    private final float[] best = new float[LANES];
    private final int[] nearest = new int[LANES];

    /** Finds the nearest centroid of the first {@code items} lanes. */
    int[] find(int items) {
      Arrays.fill(components, dimension * LANES, (dimension + 1) * LANES, 1);
      Arrays.fill(best, Float.NEGATIVE_INFINITY);
      Arrays.fill(nearest, 0);
      for (int block = 0; block < blocks; block++) {
        KERNELS.scores(packed, dimension + 1, block, block + 1, components, scores, 0);
        Arrays.fill(blockMax, Float.NEGATIVE_INFINITY);
        KERNELS.maxima(scores, 0, BLOCK, blockMax);
        for (int i = 0; i < items; i++) {
          if (blockMax[i] > best[i]) {
            best[i] = blockMax[i];
            nearest[i] = block * BLOCK + first(blockMax[i], i);
          }
        }
      }
      return nearest;
    }

    private int first(float value, int lane) {
      int c = 0;
      while (scores[c * LANES + lane] != value) {
        c++;
      }
      return c;
    }
  }
}
