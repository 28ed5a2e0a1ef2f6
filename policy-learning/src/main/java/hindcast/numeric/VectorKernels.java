package hindcast.numeric;

/** Kernels with the Vector API; loaded only where its module is. */
final class VectorKernels implements MinibatchKernels {

  @Override
  public String name() {
    return "vector-" + VectorRegister.FLOATS.vectorBitSize();
  }

  @Override
  public float dot(float[] u, int uFrom, float[] v, int vFrom, int length) {
    return VectorDot.dot(u, uFrom, v, vFrom, length);
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
    VectorGemm.scores(packed, dimension, fromBlock, toBlock, lanes, out, outFrom);
  }

  @Override
  public void scoreItem(
      float[] packed, int dimension, int item, float[] lanes, float[] out, int outFrom) {
    VectorGemm.scoreItem(packed, dimension, item, lanes, out, outFrom);
  }

  @Override
  public float score(float[] packed, int dimension, int item, float[] h) {
    return VectorGemm.score(packed, dimension, item, h);
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
    VectorGemm.scoresOfOne(packed, dimension, fromBlock, toBlock, h, out, outFrom);
  }

  @Override
  public void maxima(float[] f, int from, int items, float[] max) {
    VectorMaxima.maxima(f, from, items, max);
  }

  @Override
  public void exponentials(
      float[] f, int from, int items, float[] shift, float[] out, double[] sums) {
    VectorExponential.exponentials(f, from, items, shift, out, sums);
  }

  @Override
  public double exponentialsOfOne(float[] f, int from, int count, float shift, float[] out) {
    return VectorExponential.exponentialsOfOne(f, from, count, shift, out);
  }

  @Override
  public void scale(float[] f, int from, int items, float[] values, float[] offset, double[] sums) {
    VectorScale.scale(f, from, items, values, offset, sums);
  }

  @Override
  public double scaleOfOne(float[] f, int from, int count, float[] values) {
    return VectorScale.scaleOfOne(f, from, count, values);
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
    VectorWeightedSum.add(packed, dimension, fromBlock, toBlock, weights, weightsFrom, g);
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
    VectorWeightedSum.addOne(packed, dimension, fromBlock, toBlock, weights, weightsFrom, g);
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
    VectorWeightedSum.addAside(packed, dimension, fromBlock, toBlock, weights, weightsFrom, aside);
  }
}
