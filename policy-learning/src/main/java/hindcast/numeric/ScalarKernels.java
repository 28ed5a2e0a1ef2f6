package hindcast.numeric;

/** Kernels in plain loops, for a JVM without the Vector API. */
public final class ScalarKernels implements MinibatchKernels {

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public float dot(float[] u, int uFrom, float[] v, int vFrom, int length) {
    float even = 0;
    float odd = 0;
    int k = 0;
    for (; k + 2 <= length; k += 2) {
      even += u[uFrom + k] * v[vFrom + k];
      odd += u[uFrom + k + 1] * v[vFrom + k + 1];
    }
    if (k < length) {
      even += u[uFrom + k] * v[vFrom + k];
    }
    return even + odd;
  }

  @Override
  public void scores(
      float[] packed,
      int dimension,
      int fromBlock,
      int toBlock,
      float[] lanes,
      float[] out,
      int outFrom) {
    int at = outFrom;
    for (int item = fromBlock * BLOCK; item < toBlock * BLOCK; item++) {
      ScalarGemm.score(packed, dimension, item, lanes, out, at);
      at += LANES;
    }
  }

  @Override
  public void scoreItem(
      float[] packed, int dimension, int item, float[] lanes, float[] out, int outFrom) {
    ScalarGemm.score(packed, dimension, item, lanes, out, outFrom);
  }

  @Override
  public float score(float[] packed, int dimension, int item, float[] h) {
    return ScalarGemm.score(packed, dimension, item, h);
  }

  @Override
  public void scoresOfOne(
      float[] packed,
      int dimension,
      int fromBlock,
      int toBlock,
      float[] h,
      float[] out,
      int outFrom) {
    for (int block = fromBlock; block < toBlock; block++) {
      ScalarGemm.scoreBlock(
          packed, dimension, block, h, out, outFrom + (block - fromBlock) * BLOCK);
    }
  }

  @Override
  public void maxima(float[] f, int from, int items, float[] max) {
    for (int item = 0; item < items; item++) {
      int at = from + item * LANES;
      for (int i = 0; i < LANES; i++) {
        max[i] = Math.max(max[i], f[at + i]);
      }
    }
  }

  @Override
  public void exponentials(
      float[] f, int from, int items, float[] shift, float[] out, double[] sums) {
    ScalarExponential.exponentials(f, from, items, shift, out, sums);
  }

  @Override
  public double exponentialsOfOne(float[] f, int from, int count, float shift, float[] out) {
    return ScalarExponential.exponentials(f, from, count, shift, out);
  }

  @Override
  public void scale(float[] f, int from, int items, float[] values, float[] offset, double[] sums) {
    for (int item = 0; item < items; item++) {
      int at = from + item * LANES;
      for (int i = 0; i < LANES; i++) {
        f[at + i] *= values[item] - offset[i];
        sums[i] += f[at + i];
      }
    }
  }

  @Override
  public double scaleOfOne(float[] f, int from, int count, float[] values) {
    double sum = 0;
    for (int k = 0; k < count; k++) {
      f[from + k] *= values[k];
      sum += f[from + k];
    }
    return sum;
  }

  @Override
  public void weightedSum(
      float[] packed,
      int dimension,
      int fromBlock,
      int toBlock,
      float[] weights,
      int weightsFrom,
      float[] g) {
    ScalarWeightedSum.add(packed, dimension, fromBlock, toBlock, weights, weightsFrom, g);
  }

  @Override
  public void weightedSumOfOne(
      float[] packed,
      int dimension,
      int fromBlock,
      int toBlock,
      float[] weights,
      int weightsFrom,
      double[] g) {
    ScalarWeightedSum.addOne(packed, dimension, fromBlock, toBlock, weights, weightsFrom, g);
  }

  @Override
  public void weightedSumAside(
      float[] packed,
      int dimension,
      int fromBlock,
      int toBlock,
      float[] weights,
      int weightsFrom,
      float[] aside) {
    ScalarWeightedSum.addAside(packed, dimension, fromBlock, toBlock, weights, weightsFrom, aside);
  }
}
