package hindcast.estimator;

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

/** One event into one estimator: nanoseconds, and with {@code -prof gc} the bytes it allocates. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EstimatorAddBenchmark {
  private static final int EVENTS = 4096;

  /** Which estimator, with 1 for parameters without a default. */
  @Param public EstimatorMethod method;

  private ScoredFeedback[] events;
  private ValueEstimator estimator;
  private int next;

  /** Events with every field; each has been seen once, so that keys are known. */
  @Setup
  public void fill() {
    events = Events.random(1, EVENTS).toArray(ScoredFeedback[]::new);
    estimator = EstimatorSpec.parse(method.example()).create();
    for (ScoredFeedback event : events) {
      estimator.add(event);
    }
  }

  /** Adds an event. */
  @Benchmark
  public ValueEstimator add() {
    estimator.add(events[next++ & (EVENTS - 1)]);
    return estimator;
  }
}
