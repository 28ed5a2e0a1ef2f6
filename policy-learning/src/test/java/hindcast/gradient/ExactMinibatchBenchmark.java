package hindcast.gradient;

import hindcast.catalogue.PackedEmbeddings;
import hindcast.feedback.Context;
import hindcast.numeric.CounterBasedRandom;
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

/** The exact score gradients of a minibatch of 32: scores, exponentials, sums, directions. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1500m")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
public class ExactMinibatchBenchmark {
  private static final int N = 32;
  private static final int D = 16;

  /** P/L. */
  @Param({"10000/32", "100000/64", "1000000/64"})
  public String sizes;

  /** Deviation of scores: 20 is a peaked policy. */
  @Param({"1", "20"})
  public double deviation;

  private int dimension;
  private double[] theta;
  private double[] direction;
  private double[] sum;
  private MinibatchContexts minibatch;
  private ExactMinibatchGradient gradient;

  /** Normal items, contexts and parameters. */
  @Setup
  public void fill() {
    int size = Integer.parseInt(sizes.substring(0, sizes.indexOf('/')));
    dimension = Integer.parseInt(sizes.substring(sizes.indexOf('/') + 1));
    float[] rows = new float[size * dimension];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = (float) CounterBasedRandom.gaussian(1, k);
    }
    theta = new double[D * dimension];
    for (int k = 0; k < theta.length; k++) {
      theta[k] = deviation / Math.sqrt(D * dimension) * CounterBasedRandom.gaussian(2, k);
    }
    Context[] contexts = new Context[N];
    int[] items = new int[N];
    for (int i = 0; i < N; i++) {
      float[] x = new float[D];
      for (int k = 0; k < D; k++) {
        x[k] = (float) CounterBasedRandom.gaussian(3, i * D + k);
      }
      contexts[i] = Context.dense(x);
      items[i] = CounterBasedRandom.below(4, i, size);
    }
    direction = new double[dimension];
    sum = new double[dimension];
    minibatch = MinibatchContexts.of(N, contexts, items, new int[N][], new int[N][], new long[N]);
    gradient = new ExactMinibatchGradient(PackedEmbeddings.ofRows(rows, size, dimension));
  }

  /** Every direction. */
  @Benchmark
  public double[] directions() {
    gradient.fit(theta, minibatch);
    for (int i = 0; i < N; i++) {
      gradient.at(i).direction(direction);
      for (int l = 0; l < dimension; l++) {
        sum[l] += direction[l];
      }
    }
    return sum;
  }
}
