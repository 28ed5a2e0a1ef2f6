package hindcast.numeric;

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
 * Exponentials of 1024 items for 32 contexts and what follows them, by how far scores are spread:
 * over 80 they would make denormal numbers, if they were not cut at −50, which {@code weightedSum}
 * would then compute with.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExponentialBenchmark {
  private static final int ITEMS = 1024;
  private static final int DIMENSION = 64;

  /** Vector API or plain loops. */
  @Param({"fastest", "scalar"})
  public String family;

  /** The smallest score below the largest. */
  @Param({"10", "90"})
  public float spread;

  private final float[] f = new float[ITEMS * LANES];
  private final float[] out = new float[ITEMS * LANES];
  private final float[] max = new float[LANES];
  private final double[] sums = new double[LANES];
  private final float[] packed = new float[ITEMS * DIMENSION];
  private final float[] g = new float[DIMENSION * LANES];
  private MinibatchKernels kernels;

  /** One item has the largest score, the others have nearly the smallest. */
  @Setup
  public void fill() {
    kernels = family.equals("scalar") ? new ScalarKernels() : MinibatchKernels.fastest();
    for (int k = 0; k < f.length; k++) {
      f[k] = k < LANES ? 0 : -spread + (float) CounterBasedRandom.uniform(1, k);
    }
    for (int k = 0; k < packed.length; k++) {
      packed[k] = (float) CounterBasedRandom.uniform(2, k) - 0.5f;
    }
    kernels.exponentials(f, 0, ITEMS, max, out, sums);
  }

  /** The exponentials. */
  @Benchmark
  public float[] exponentials() {
    kernels.exponentials(f, 0, ITEMS, max, out, sums);
    return out;
  }

  /** The sums they are weights of. */
  @Benchmark
  public float[] weightedSum() {
    kernels.weightedSum(packed, DIMENSION, 0, ITEMS / MinibatchKernels.BLOCK, out, 0, g);
    return g;
  }
}
