package hindcast.numeric;

import static hindcast.numeric.MinibatchKernels.BLOCK;
import static hindcast.numeric.MinibatchKernels.LANES;

/** Weighted sums of item vectors in plain loops, in blocks of items that are summed from zero. */
final class ScalarWeightedSum {
  private static final int BLOCKS_AT_ONCE = BlockwiseSum.LENGTH / BLOCK;

  private ScalarWeightedSum() {}

  static void add(
      float[] packed,
      int dimension,
      int fromBlock,
      int toBlock,
      float[] weights,
      int weightsFrom,
      float[] g) {
    float[] sum = new float[LANES];
    for (int start = fromBlock; start < toBlock; start += BLOCKS_AT_ONCE) {
      int end = Math.min(toBlock, start + BLOCKS_AT_ONCE);
      for (int l = 0; l < dimension; l++) {
        java.util.Arrays.fill(sum, 0);
        for (int block = start; block < end; block++) {
          int row = (block * dimension + l) * BLOCK;
          int at = weightsFrom + (block - fromBlock) * BLOCK * LANES;
          for (int j = 0; j < BLOCK; j++) {
            float beta = packed[row + j];
            for (int i = 0; i < LANES; i++) {
              sum[i] += beta * weights[at + j * LANES + i];
            }
          }
        }
        for (int i = 0; i < LANES; i++) {
          g[l * LANES + i] += sum[i];
        }
      }
    }
  }

  static void addOne(
      float[] packed,
      int dimension,
      int fromBlock,
      int toBlock,
      float[] weights,
      int weightsFrom,
      double[] g) {
    for (int start = fromBlock; start < toBlock; start += BLOCKS_AT_ONCE) {
      int end = Math.min(toBlock, start + BLOCKS_AT_ONCE);
      for (int l = 0; l < dimension; l++) {
        float sum = 0;
        for (int block = start; block < end; block++) {
          int row = (block * dimension + l) * BLOCK;
          int at = weightsFrom + (block - fromBlock) * BLOCK;
          for (int j = 0; j < BLOCK; j++) {
            sum += packed[row + j] * weights[at + j];
          }
        }
        g[l] += sum;
      }
    }
  }

  static void addAside(
      float[] packed,
      int dimension,
      int fromBlock,
      int toBlock,
      float[] weights,
      int weightsFrom,
      float[] aside) {
    for (int block = fromBlock; block < toBlock; block++) {
      int at = block * dimension * BLOCK;
      int from = weightsFrom + (block - fromBlock) * BLOCK;
      for (int row = 0; row < dimension * BLOCK; row += BLOCK) {
        for (int j = 0; j < BLOCK; j++) {
          aside[row + j] += packed[at + row + j] * weights[from + j];
        }
      }
    }
  }
}
