package hindcast.numeric;

import static hindcast.numeric.MinibatchKernels.BLOCK;
import static hindcast.numeric.MinibatchKernels.LANES;
import static hindcast.numeric.VectorRegister.FLOATS;
import static hindcast.numeric.VectorRegister.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Weighted sums of item vectors with the Vector API: 4 components by 2 registers of contexts are
 * summed from zero over {@value BlockwiseSum#LENGTH} items in registers, then added to g. For one
 * context the lanes are items, and each lane sums at most {@value BlockwiseSum#LENGTH} of them.
 */
final class VectorWeightedSum {
  private static final int BLOCKS_AT_ONCE = BlockwiseSum.LENGTH / BLOCK;
  private static final int BLOCKS_OF_ONE = 4 * BLOCKS_AT_ONCE;
  private static final int PAIR = 2 * WIDTH;
  private static final int TILE = 4;

  private VectorWeightedSum() {}

  static void add(
      float[] packed,
      int dimension,
      int fromBlock,
      int toBlock,
      float[] weights,
      int weightsFrom,
      float[] g) {
    for (int start = fromBlock; start < toBlock; start += BLOCKS_AT_ONCE) {
      int blocks = Math.min(toBlock - start, BLOCKS_AT_ONCE);
      int from = weightsFrom + (start - fromBlock) * BLOCK * LANES;
      for (int lane = 0; lane < LANES; lane += PAIR) {
        int l = 0;
        for (; l + TILE <= dimension; l += TILE) {
          int at = (start * dimension + l) * BLOCK;
          fourComponents(packed, at, dimension, blocks, weights, from + lane, g, l * LANES + lane);
        }
        for (; l < dimension; l++) {
          int at = (start * dimension + l) * BLOCK;
          oneComponent(packed, at, dimension, blocks, weights, from + lane, g, l * LANES + lane);
        }
      }
    }
  }

  private static void fourComponents(
      float[] packed,
      int at,
      int dimension,
      int blocks,
      float[] weights,
      int from,
      float[] g,
      int to) {
    FloatVector left0 = FloatVector.zero(FLOATS);
    FloatVector left1 = FloatVector.zero(FLOATS);
    FloatVector left2 = FloatVector.zero(FLOATS);
    FloatVector left3 = FloatVector.zero(FLOATS);
    FloatVector right0 = FloatVector.zero(FLOATS);
    FloatVector right1 = FloatVector.zero(FLOATS);
    FloatVector right2 = FloatVector.zero(FLOATS);
    FloatVector right3 = FloatVector.zero(FLOATS);
    for (int block = 0; block < blocks; block++) {
      int row = at + block * dimension * BLOCK;
      int weight = from + block * BLOCK * LANES;
      for (int j = 0; j < BLOCK; j++) {
        FloatVector left = FloatVector.fromArray(FLOATS, weights, weight + j * LANES);
        FloatVector right = FloatVector.fromArray(FLOATS, weights, weight + j * LANES + WIDTH);
        FloatVector beta0 = FloatVector.broadcast(FLOATS, packed[row + j]);
        FloatVector beta1 = FloatVector.broadcast(FLOATS, packed[row + BLOCK + j]);
        FloatVector beta2 = FloatVector.broadcast(FLOATS, packed[row + 2 * BLOCK + j]);
        FloatVector beta3 = FloatVector.broadcast(FLOATS, packed[row + 3 * BLOCK + j]);
        left0 = left.fma(beta0, left0);
        left1 = left.fma(beta1, left1);
        left2 = left.fma(beta2, left2);
        left3 = left.fma(beta3, left3);
        right0 = right.fma(beta0, right0);
        right1 = right.fma(beta1, right1);
        right2 = right.fma(beta2, right2);
        right3 = right.fma(beta3, right3);
      }
    }
    addTo(g, to, left0, right0);
    addTo(g, to + LANES, left1, right1);
    addTo(g, to + 2 * LANES, left2, right2);
    addTo(g, to + 3 * LANES, left3, right3);
  }

  private static void oneComponent(
      float[] packed,
      int at,
      int dimension,
      int blocks,
      float[] weights,
      int from,
      float[] g,
      int to) {
    FloatVector left = FloatVector.zero(FLOATS);
    FloatVector right = FloatVector.zero(FLOATS);
    for (int block = 0; block < blocks; block++) {
      int row = at + block * dimension * BLOCK;
      int weight = from + block * BLOCK * LANES;
      for (int j = 0; j < BLOCK; j++) {
        FloatVector beta = FloatVector.broadcast(FLOATS, packed[row + j]);
        left = FloatVector.fromArray(FLOATS, weights, weight + j * LANES).fma(beta, left);
        right = FloatVector.fromArray(FLOATS, weights, weight + j * LANES + WIDTH).fma(beta, right);
      }
    }
    addTo(g, to, left, right);
  }

  private static void addTo(float[] g, int to, FloatVector left, FloatVector right) {
    FloatVector.fromArray(FLOATS, g, to).add(left).intoArray(g, to);
    FloatVector.fromArray(FLOATS, g, to + WIDTH).add(right).intoArray(g, to + WIDTH);
  }

  static void addOne(
      float[] packed,
      int dimension,
      int fromBlock,
      int toBlock,
      float[] weights,
      int weightsFrom,
      double[] g) {
    for (int start = fromBlock; start < toBlock; start += BLOCKS_OF_ONE) {
      int blocks = Math.min(toBlock - start, BLOCKS_OF_ONE);
      int from = weightsFrom + (start - fromBlock) * BLOCK;
      int l = 0;
      for (; l + TILE <= dimension; l += TILE) {
        int at = (start * dimension + l) * BLOCK;
        fourComponentsOfOne(packed, at, dimension, blocks, weights, from, g, l);
      }
      for (; l < dimension; l++) {
        int at = (start * dimension + l) * BLOCK;
        g[l] += componentOfOne(packed, at, dimension, blocks, weights, from);
      }
    }
  }

  private static void fourComponentsOfOne(
      float[] packed,
      int at,
      int dimension,
      int blocks,
      float[] weights,
      int from,
      double[] g,
      int l) {
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    FloatVector sum2 = FloatVector.zero(FLOATS);
    FloatVector sum3 = FloatVector.zero(FLOATS);
    for (int block = 0; block < blocks; block++) {
      for (int j = 0; j < BLOCK; j += WIDTH) {
        int row = at + block * dimension * BLOCK + j;
        FloatVector weighted = FloatVector.fromArray(FLOATS, weights, from + block * BLOCK + j);
        sum0 = FloatVector.fromArray(FLOATS, packed, row).fma(weighted, sum0);
        sum1 = FloatVector.fromArray(FLOATS, packed, row + BLOCK).fma(weighted, sum1);
        sum2 = FloatVector.fromArray(FLOATS, packed, row + 2 * BLOCK).fma(weighted, sum2);
        sum3 = FloatVector.fromArray(FLOATS, packed, row + 3 * BLOCK).fma(weighted, sum3);
      }
    }
    g[l] += sum0.reduceLanes(VectorOperators.ADD);
    g[l + 1] += sum1.reduceLanes(VectorOperators.ADD);
    g[l + 2] += sum2.reduceLanes(VectorOperators.ADD);
    g[l + 3] += sum3.reduceLanes(VectorOperators.ADD);
  }

  private static float componentOfOne(
      float[] packed, int at, int dimension, int blocks, float[] weights, int from) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int block = 0; block < blocks; block++) {
      int row = at + block * dimension * BLOCK;
      int weight = from + block * BLOCK;
      for (int j = 0; j < BLOCK; j += WIDTH) {
        FloatVector weighted = FloatVector.fromArray(FLOATS, weights, weight + j);
        sum = FloatVector.fromArray(FLOATS, packed, row + j).fma(weighted, sum);
      }
    }
    return sum.reduceLanes(VectorOperators.ADD);
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
      for (int j = 0; j < BLOCK; j += WIDTH) {
        FloatVector weight = FloatVector.fromArray(FLOATS, weights, from + j);
        for (int row = j; row < dimension * BLOCK; row += BLOCK) {
          FloatVector sum = FloatVector.fromArray(FLOATS, aside, row);
          FloatVector.fromArray(FLOATS, packed, at + row).fma(weight, sum).intoArray(aside, row);
        }
      }
    }
  }
}
