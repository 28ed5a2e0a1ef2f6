package hindcast.gradient;

import static hindcast.numeric.MinibatchKernels.LANES;

import java.util.Arrays;

/**
 * The user vectors h = Θᵀx of up to 32 events, in double precision one after the other, in single
 * precision one after the other and side by side as the kernels read them. Lanes without an event
 * are zero.
 */
final class LatentLanes {
  private final int dimension;
  private final double[] h;
  private final float[][] single;
  private final float[] lanes;
  private int count;

  LatentLanes(int dimension) {
    this.dimension = dimension;
    this.h = new double[dimension];
    this.single = new float[LANES][dimension];
    this.lanes = new float[dimension * LANES];
  }

  /** Events {@code from} to {@code to} of a minibatch, at most 32. */
  void fit(double[] theta, MinibatchContexts events, int from, int to) {
    count = to - from;
    Arrays.fill(lanes, 0);
    for (int i = 0; i < count; i++) {
      events.contexts()[from + i].project(theta, dimension, h);
      set(i, h);
    }
  }

  /** User vectors {@code from} to {@code to} of an array, at most 32. */
  void fit(double[][] latent, int from, int to) {
    count = to - from;
    Arrays.fill(lanes, 0);
    for (int i = 0; i < count; i++) {
      set(i, latent[from + i]);
    }
  }

  private void set(int i, double[] vector) {
    for (int l = 0; l < dimension; l++) {
      float value = (float) vector[l];
      single[i][l] = value;
      lanes[l * LANES + i] = value;
    }
  }

  /** How many events there are. */
  int count() {
    return count;
  }

  /** h_i in single precision; read only. */
  float[] of(int lane) {
    return single[lane];
  }

  /** All of them side by side; read only. */
  float[] lanes() {
    return lanes;
  }

  /** Whether every h is zero: the softmax is the uniform distribution. */
  boolean allZero() {
    for (float value : lanes) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }
}
