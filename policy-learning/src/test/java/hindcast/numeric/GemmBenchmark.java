package hindcast.numeric;

import static hindcast.numeric.MinibatchKernels.BLOCK;
import static hindcast.numeric.MinibatchKernels.LANES;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Scores and weighted sums of a million items, L = 64, for 32 contexts: 4.1 · 10⁹ operations, in
 * chunks of 64 blocks. {@code peak} does as many operations in registers, {@code read} reads the
 * array in order: shares of the peak and of the bandwidth are ratios of times.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GemmBenchmark {
  private static final int BLOCKS = 62_500;
  private static final int CHUNK = 64;
  private static final int DIMENSION = 64;
  private static final double OPERATIONS = 2.0 * BLOCKS * BLOCK * DIMENSION * LANES;

  /** The same 64 blocks again and again, or the whole catalogue once. */
  @Param({"CACHED", "STREAMING"})
  public String memory;

  private final MinibatchKernels kernels = MinibatchKernels.fastest();
  private final float[] packed = new float[BLOCKS * BLOCK * DIMENSION];
  private final float[] lanes = new float[DIMENSION * LANES];
  private final float[] scores = new float[CHUNK * BLOCK * LANES];
  private final float[] sums = new float[DIMENSION * LANES];

  /** Numbers of both signs. */
  @Setup
  public void fill() {
    for (int k = 0; k < packed.length; k++) {
      packed[k] = (float) CounterBasedRandom.uniform(1, k) - 0.5f;
    }
    for (int k = 0; k < lanes.length; k++) {
      lanes[k] = (float) CounterBasedRandom.uniform(2, k) - 0.5f;
    }
  }

  /** Scores. */
  @Benchmark
  public float[] scores() {
    for (int block = 0; block < BLOCKS; block += CHUNK) {
      int from = from(block);
      int to = Math.min(BLOCKS, from + CHUNK);
      kernels.scores(packed, DIMENSION, from, to, lanes, scores, 0);
    }
    return scores;
  }

  /** Weighted sums. */
  @Benchmark
  public float[] weightedSums() {
    for (int block = 0; block < BLOCKS; block += CHUNK) {
      int from = from(block);
      int to = Math.min(BLOCKS, from + CHUNK);
      kernels.weightedSum(packed, DIMENSION, from, to, scores, 0, sums);
    }
    return sums;
  }

  /** As many fused multiply-adds. */
  @Benchmark
  public float peak() {
    return VectorProbe.multiplyAdd((long) (OPERATIONS / VectorProbe.operations(1)), 0.5f);
  }

  /** 256 MB, in order. */
  @Benchmark
  public float read() {
    return VectorProbe.read(packed, packed.length);
  }

  private int from(int block) {
    return memory.equals("CACHED") ? 0 : block;
  }
}
