package hindcast.numeric;

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

/** One inner product with a row of a matrix that stays in the first level cache. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DotBenchmark {
  private static final int ROWS = 32;

  /** Vector API or plain loops. */
  @Param({"fastest", "scalar"})
  public String family;

  /** L. */
  @Param({"64", "128"})
  public int dimension;

  private float[] rows;
  private float[] h;
  private int next;
  private MinibatchKernels kernels;

  /** Numbers of both signs. */
  @Setup
  public void fill() {
    kernels = family.equals("scalar") ? new ScalarKernels() : MinibatchKernels.fastest();
    rows = new float[ROWS * dimension];
    h = new float[dimension];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = (float) CounterBasedRandom.uniform(1, k) - 0.5f;
    }
    System.arraycopy(rows, 0, h, 0, dimension);
  }

  /** The product. */
  @Benchmark
  public float dot() {
    return kernels.dot(rows, (next++ & (ROWS - 1)) * dimension, h, 0, dimension);
  }
}
