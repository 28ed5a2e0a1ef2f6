package hindcast.numeric;

import static hindcast.numeric.MinibatchKernels.BLOCK;
import static hindcast.numeric.MinibatchKernels.LANES;

import java.util.Arrays;

/** Scores in plain loops; every score is a chain of products and sums in the order of l. */
final class ScalarGemm {
  private ScalarGemm() {}

  static void score(float[] packed, int dimension, int item, float[] lanes, float[] out, int at) {
    Arrays.fill(out, at, at + LANES, 0);
    int component = place(dimension, item);
    for (int l = 0; l < dimension; l++) {
      float beta = packed[component + l * BLOCK];
      int row = l * LANES;
      for (int i = 0; i < LANES; i++) {
        out[at + i] += beta * lanes[row + i];
      }
    }
  }

  static float score(float[] packed, int dimension, int item, float[] h) {
    int component = place(dimension, item);
    float sum = 0;
    for (int l = 0; l < dimension; l++) {
      sum += packed[component + l * BLOCK] * h[l];
    }
    return sum;
  }

  static void scoreBlock(float[] packed, int dimension, int block, float[] h, float[] out, int at) {
    Arrays.fill(out, at, at + BLOCK, 0);
    for (int l = 0; l < dimension; l++) {
      float component = h[l];
      int row = (block * dimension + l) * BLOCK;
      for (int j = 0; j < BLOCK; j++) {
        out[at + j] += packed[row + j] * component;
      }
    }
  }

  private static int place(int dimension, int item) {
    return (item / BLOCK) * dimension * BLOCK + item % BLOCK;
  }
}
