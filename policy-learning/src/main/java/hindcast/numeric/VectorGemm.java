package hindcast.numeric;

import static hindcast.numeric.MinibatchKernels.BLOCK;
import static hindcast.numeric.MinibatchKernels.LANES;
import static hindcast.numeric.VectorRegister.FLOATS;
import static hindcast.numeric.VectorRegister.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Scores with the Vector API.
 *
 * <p>For a minibatch, a tile of 4 items by 2 registers of contexts is held in 8 registers over all
 * of L: one component of an item is broadcast and used for 2 registers, one register of contexts
 * for 4 items. Eight independent sums hide the latency of a fused multiply-add, and with 16
 * registers nothing is spilled. For one context, the lanes are items: 4 blocks at a time, of which
 * the last ones may be computed twice, which is faster than one alone.
 */
final class VectorGemm {
  private static final int PAIR = 2 * WIDTH;
  private static final int TILE = 4;

  private VectorGemm() {}

  static void scores(
      float[] packed,
      int dimension,
      int fromBlock,
      int toBlock,
      float[] lanes,
      float[] out,
      int outFrom) {
    for (int block = fromBlock; block < toBlock; block++) {
      int at = block * dimension * BLOCK;
      int to = outFrom + (block - fromBlock) * BLOCK * LANES;
      for (int j = 0; j < BLOCK; j += TILE) {
        for (int lane = 0; lane < LANES; lane += PAIR) {
          fourItems(packed, at + j, dimension, lanes, lane, out, to + j * LANES + lane);
        }
      }
    }
  }

  static void scoreItem(
      float[] packed, int dimension, int item, float[] lanes, float[] out, int outFrom) {
    int at = item / BLOCK * dimension * BLOCK + item % BLOCK;
    for (int lane = 0; lane < LANES; lane += PAIR) {
      oneItem(packed, at, dimension, lanes, lane, out, outFrom + lane);
    }
  }

  static float score(float[] packed, int dimension, int item, float[] h) {
    int at = item / BLOCK * dimension * BLOCK + item % BLOCK;
    float sum = 0;
    for (int l = 0; l < dimension; l++) {
      sum = Math.fma(h[l], packed[at + l * BLOCK], sum);
    }
    return sum;
  }

  static void scoresOfOne(
      float[] packed,
      int dimension,
      int fromBlock,
      int toBlock,
      float[] h,
      float[] out,
      int outFrom) {
    int block = fromBlock;
    for (; block + TILE <= toBlock; block += TILE) {
      int at = block * dimension * BLOCK;
      int to = outFrom + (block - fromBlock) * BLOCK;
      for (int j = 0; j < BLOCK; j += WIDTH) {
        fourBlocks(packed, at + j, dimension, h, out, to + j);
      }
    }
    if (block < toBlock && toBlock - fromBlock >= TILE) {
      int last = toBlock - TILE;
      int to = outFrom + (last - fromBlock) * BLOCK;
      for (int j = 0; j < BLOCK; j += WIDTH) {
        fourBlocks(packed, last * dimension * BLOCK + j, dimension, h, out, to + j);
      }
      return;
    }
    for (; block < toBlock; block++) {
      int at = block * dimension * BLOCK;
      int to = outFrom + (block - fromBlock) * BLOCK;
      for (int j = 0; j < BLOCK; j += WIDTH) {
        oneBlock(packed, at + j, dimension, h, out, to + j);
      }
    }
  }

  private static void fourItems(
      float[] packed, int at, int dimension, float[] lanes, int lane, float[] out, int to) {
    FloatVector left0 = FloatVector.zero(FLOATS);
    FloatVector left1 = FloatVector.zero(FLOATS);
    FloatVector left2 = FloatVector.zero(FLOATS);
    FloatVector left3 = FloatVector.zero(FLOATS);
    FloatVector right0 = FloatVector.zero(FLOATS);
    FloatVector right1 = FloatVector.zero(FLOATS);
    FloatVector right2 = FloatVector.zero(FLOATS);
    FloatVector right3 = FloatVector.zero(FLOATS);
    for (int l = 0; l < dimension; l++) {
      FloatVector left = FloatVector.fromArray(FLOATS, lanes, l * LANES + lane);
      FloatVector right = FloatVector.fromArray(FLOATS, lanes, l * LANES + lane + WIDTH);
      int row = at + l * BLOCK;
      FloatVector beta0 = FloatVector.broadcast(FLOATS, packed[row]);
      FloatVector beta1 = FloatVector.broadcast(FLOATS, packed[row + 1]);
      FloatVector beta2 = FloatVector.broadcast(FLOATS, packed[row + 2]);
      FloatVector beta3 = FloatVector.broadcast(FLOATS, packed[row + 3]);
      left0 = left.fma(beta0, left0);
      left1 = left.fma(beta1, left1);
      left2 = left.fma(beta2, left2);
      left3 = left.fma(beta3, left3);
      right0 = right.fma(beta0, right0);
      right1 = right.fma(beta1, right1);
      right2 = right.fma(beta2, right2);
      right3 = right.fma(beta3, right3);
    }
    left0.intoArray(out, to);
    right0.intoArray(out, to + WIDTH);
    left1.intoArray(out, to + LANES);
    right1.intoArray(out, to + LANES + WIDTH);
    left2.intoArray(out, to + 2 * LANES);
    right2.intoArray(out, to + 2 * LANES + WIDTH);
    left3.intoArray(out, to + 3 * LANES);
    right3.intoArray(out, to + 3 * LANES + WIDTH);
  }

  private static void oneItem(
      float[] packed, int at, int dimension, float[] lanes, int lane, float[] out, int to) {
    FloatVector left = FloatVector.zero(FLOATS);
    FloatVector right = FloatVector.zero(FLOATS);
    for (int l = 0; l < dimension; l++) {
      FloatVector beta = FloatVector.broadcast(FLOATS, packed[at + l * BLOCK]);
      left = FloatVector.fromArray(FLOATS, lanes, l * LANES + lane).fma(beta, left);
      right = FloatVector.fromArray(FLOATS, lanes, l * LANES + lane + WIDTH).fma(beta, right);
    }
    left.intoArray(out, to);
    right.intoArray(out, to + WIDTH);
  }

  private static void fourBlocks(
      float[] packed, int at, int dimension, float[] h, float[] out, int to) {
    int next = dimension * BLOCK;
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    FloatVector sum2 = FloatVector.zero(FLOATS);
    FloatVector sum3 = FloatVector.zero(FLOATS);
    for (int l = 0; l < dimension; l++) {
      FloatVector component = FloatVector.broadcast(FLOATS, h[l]);
      int row = at + l * BLOCK;
      sum0 = FloatVector.fromArray(FLOATS, packed, row).fma(component, sum0);
      sum1 = FloatVector.fromArray(FLOATS, packed, row + next).fma(component, sum1);
      sum2 = FloatVector.fromArray(FLOATS, packed, row + 2 * next).fma(component, sum2);
      sum3 = FloatVector.fromArray(FLOATS, packed, row + 3 * next).fma(component, sum3);
    }
    sum0.intoArray(out, to);
    sum1.intoArray(out, to + BLOCK);
    sum2.intoArray(out, to + 2 * BLOCK);
    sum3.intoArray(out, to + 3 * BLOCK);
  }

  private static void oneBlock(
      float[] packed, int at, int dimension, float[] h, float[] out, int to) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int l = 0; l < dimension; l++) {
      FloatVector component = FloatVector.broadcast(FLOATS, h[l]);
      sum = FloatVector.fromArray(FLOATS, packed, at + l * BLOCK).fma(component, sum);
    }
    sum.intoArray(out, to);
  }
}
