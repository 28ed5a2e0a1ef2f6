package hindcast.numeric;

import static hindcast.numeric.MinibatchKernels.LANES;
import static hindcast.numeric.VectorRegister.FLOATS;
import static hindcast.numeric.VectorRegister.WIDTH;

import jdk.incubator.vector.FloatVector;

/** Largest scores of a minibatch's contexts, with the Vector API. */
final class VectorMaxima {
  private VectorMaxima() {}

  static void maxima(float[] f, int from, int items, float[] max) {
    for (int lane = 0; lane < LANES; lane += 2 * WIDTH) {
      FloatVector left = FloatVector.fromArray(FLOATS, max, lane);
      FloatVector right = FloatVector.fromArray(FLOATS, max, lane + WIDTH);
      for (int item = 0; item < items; item++) {
        int at = from + item * LANES + lane;
        left = left.max(FloatVector.fromArray(FLOATS, f, at));
        right = right.max(FloatVector.fromArray(FLOATS, f, at + WIDTH));
      }
      left.intoArray(max, lane);
      right.intoArray(max, lane + WIDTH);
    }
  }
}
