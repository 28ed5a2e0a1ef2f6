package hindcast.catalogue;

import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;

/** Contexts in double precision laid side by side in the 32 lanes of the kernels. */
final class ContextLanes {
  private ContextLanes() {}

  /** {@code lanes[l · 32 + i] = h[from + i][l]}, zero in lanes without a context. */
  static void fill(double[][] h, int from, int contexts, int dimension, float[] lanes) {
    Arrays.fill(lanes, 0, dimension * MinibatchKernels.LANES, 0);
    for (int i = 0; i < contexts; i++) {
      for (int l = 0; l < dimension; l++) {
        lanes[l * MinibatchKernels.LANES + i] = (float) h[from + i][l];
      }
    }
  }
}
