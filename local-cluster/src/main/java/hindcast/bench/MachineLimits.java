package hindcast.bench;

import hindcast.numeric.CounterBasedRandom;
import hindcast.numeric.MinibatchKernels;
import hindcast.numeric.VectorProbe;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/**
 * What one core of this machine does at most, measured in this process.
 *
 * @param kernels the kernels in use
 * @param fmaPeakGflops float32 multiply-adds in registers, two operations each; NaN without the
 *     Vector API
 * @param sequentialReadGigabytes gigabytes a second by megabytes of the array; empty without the
 *     Vector API
 * @param randomRowDotNanos one random row of the catalogue's size and its inner product
 * @param gemmCachedGflops scores of {@link #CACHED_BLOCKS} blocks for 32 contexts, again and again
 * @param gemmStreamingGflops scores of a whole catalogue for 32 contexts
 */
record MachineLimits(
    String kernels,
    double fmaPeakGflops,
    Map<Integer, Double> sequentialReadGigabytes,
    double randomRowDotNanos,
    double gemmCachedGflops,
    double gemmStreamingGflops) {

  /** Blocks of 16 items that stay in the second-level cache. */
  static final int CACHED_BLOCKS = 64;

  private static final int[] MEGABYTES = {1, 32, 512};
  private static final int ROUNDS = 7;
  private static final double WARM_UP_NANOS = 3e8;
  private static final long TURNS = 20_000_000;
  private static final int ROWS = 100_000;

  /** Results go here so that no loop is without effect. */
  private static volatile double sink;

  /**
   * Measures.
   *
   * @param packed vectors in blocks of 16
   * @param size P
   * @param dimension L
   */
  static MachineLimits measure(float[] packed, int size, int dimension) {
    MinibatchKernels kernels = MinibatchKernels.fastest();
    boolean vector = !kernels.name().equals("scalar");
    Map<Integer, Double> reads = new TreeMap<>();
    if (vector) {
      float[] numbers = new float[MEGABYTES[MEGABYTES.length - 1] << 18];
      for (int megabytes : MEGABYTES) {
        reads.put(megabytes, read(numbers, megabytes));
      }
    }
    int blocks = (size + MinibatchKernels.BLOCK - 1) / MinibatchKernels.BLOCK;
    return new MachineLimits(
        kernels.name(),
        vector ? peak() : Double.NaN,
        reads,
        randomRow(kernels, packed, size, dimension),
        gemm(kernels, packed, dimension, Math.min(CACHED_BLOCKS, blocks), 64),
        gemm(kernels, packed, dimension, blocks, 1));
  }

  private static double peak() {
    double seconds = bestSeconds(() -> VectorProbe.multiplyAdd(TURNS, 0.5f));
    return VectorProbe.operations(TURNS) / seconds * 1e-9;
  }

  private static double read(float[] numbers, int megabytes) {
    int length = megabytes << 18;
    int times = Math.max(1, (64 << 18) / length);
    double seconds =
        bestSeconds(
            () -> {
              double sum = 0;
              for (int t = 0; t < times; t++) {
                sum += VectorProbe.read(numbers, length);
              }
              return sum;
            });
    return 4.0 * length * times / seconds * 1e-9;
  }

  private static double randomRow(MinibatchKernels kernels, float[] rows, int size, int dimension) {
    float[] h = new float[dimension];
    int[] order = new int[ROWS];
    for (int k = 0; k < ROWS; k++) {
      order[k] = CounterBasedRandom.below(5, k, size) * dimension;
    }
    double seconds =
        bestSeconds(
            () -> {
              double sum = 0;
              for (int from : order) {
                sum += kernels.dot(rows, from, h, 0, dimension);
              }
              return sum;
            });
    return seconds / ROWS * 1e9;
  }

  private static double gemm(
      MinibatchKernels kernels, float[] packed, int dimension, int blocks, int times) {
    float[] lanes = new float[dimension * MinibatchKernels.LANES];
    float[] out = new float[CACHED_BLOCKS * MinibatchKernels.BLOCK * MinibatchKernels.LANES];
    double seconds =
        bestSeconds(
            () -> {
              for (int t = 0; t < times; t++) {
                for (int from = 0; from < blocks; from += CACHED_BLOCKS) {
                  int to = Math.min(blocks, from + CACHED_BLOCKS);
                  kernels.scores(packed, dimension, from, to, lanes, out, 0);
                }
              }
              return out[0];
            });
    double items = (double) blocks * MinibatchKernels.BLOCK * times;
    return 2 * items * dimension * MinibatchKernels.LANES / seconds * 1e-9;
  }

  /** CPU seconds of the fastest of a few runs, after a warm-up. */
  private static double bestSeconds(DoubleSupplier loop) {
    long end = CpuClock.nanos() + (long) WARM_UP_NANOS;
    do {
      sink = loop.getAsDouble();
    } while (CpuClock.nanos() < end);
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      best = Math.min(best, CpuClock.millis(() -> sink = loop.getAsDouble()));
    }
    return best * 1e-3;
  }
}
