package hindcast.numeric;

import static hindcast.numeric.VectorRegister.FLOATS;
import static hindcast.numeric.VectorRegister.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Inner products of contiguous vectors: four sums side by side, the rest one number at a time. */
final class VectorDot {
  private VectorDot() {}

  static float dot(float[] u, int uFrom, float[] v, int vFrom, int length) {
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    FloatVector sum2 = FloatVector.zero(FLOATS);
    FloatVector sum3 = FloatVector.zero(FLOATS);
    int k = 0;
    for (; k + 4 * WIDTH <= length; k += 4 * WIDTH) {
      sum0 = product(u, uFrom + k, v, vFrom + k, sum0);
      sum1 = product(u, uFrom + k + WIDTH, v, vFrom + k + WIDTH, sum1);
      sum2 = product(u, uFrom + k + 2 * WIDTH, v, vFrom + k + 2 * WIDTH, sum2);
      sum3 = product(u, uFrom + k + 3 * WIDTH, v, vFrom + k + 3 * WIDTH, sum3);
    }
    for (; k + WIDTH <= length; k += WIDTH) {
      sum0 = product(u, uFrom + k, v, vFrom + k, sum0);
    }
    float sum = sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD);
    for (; k < length; k++) {
      sum = Math.fma(u[uFrom + k], v[vFrom + k], sum);
    }
    return sum;
  }

  private static FloatVector product(float[] u, int uFrom, float[] v, int vFrom, FloatVector sum) {
    return FloatVector.fromArray(FLOATS, u, uFrom)
        .fma(FloatVector.fromArray(FLOATS, v, vFrom), sum);
  }
}
