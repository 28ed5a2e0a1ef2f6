package hindcast.numeric;

import static hindcast.numeric.MinibatchKernels.LANES;
import static hindcast.numeric.VectorRegister.FLOATS;
import static hindcast.numeric.VectorRegister.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Weights times values with the Vector API, summed in blocks of {@value BlockwiseSum#LENGTH}. */
final class VectorScale {
  private VectorScale() {}

  static void scale(float[] f, int from, int items, float[] values, float[] offset, double[] sums) {
    for (int start = 0; start < items; start += BlockwiseSum.LENGTH) {
      int count = Math.min(items - start, BlockwiseSum.LENGTH);
      for (int lane = 0; lane < LANES; lane += WIDTH) {
        block(f, from + start * LANES + lane, count, values, start, offset, lane, sums);
      }
    }
  }

  private static void block(
      float[] f,
      int from,
      int items,
      float[] values,
      int first,
      float[] offset,
      int lane,
      double[] sums) {
    FloatVector offsets = FloatVector.fromArray(FLOATS, offset, lane);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int item = 0; item < items; item++) {
      int at = from + item * LANES;
      FloatVector value = FloatVector.broadcast(FLOATS, values[first + item]).sub(offsets);
      FloatVector product = FloatVector.fromArray(FLOATS, f, at).mul(value);
      product.intoArray(f, at);
      sum = sum.add(product);
    }
    VectorExponential.add(sum, sums, lane);
  }

  static double scaleOfOne(float[] f, int from, int count, float[] values) {
    double sum = 0;
    for (int start = 0; start < count; start += BlockwiseSum.LENGTH) {
      int length = Math.min(count - start, BlockwiseSum.LENGTH);
      sum += blockOfOne(f, from + start, length, values, start);
    }
    return sum;
  }

  private static float blockOfOne(float[] f, int from, int count, float[] values, int first) {
    FloatVector sums = FloatVector.zero(FLOATS);
    int k = 0;
    for (; k + WIDTH <= count; k += WIDTH) {
      FloatVector product =
          FloatVector.fromArray(FLOATS, f, from + k)
              .mul(FloatVector.fromArray(FLOATS, values, first + k));
      product.intoArray(f, from + k);
      sums = sums.add(product);
    }
    float sum = sums.reduceLanes(VectorOperators.ADD);
    for (; k < count; k++) {
      f[from + k] *= values[first + k];
      sum += f[from + k];
    }
    return sum;
  }
}
