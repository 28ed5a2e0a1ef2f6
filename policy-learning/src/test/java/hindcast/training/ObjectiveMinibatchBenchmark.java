package hindcast.training;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.feedback.LoggedFeedback;
import hindcast.gradient.EventByEvent;
import hindcast.gradient.ExactScoreGradient;
import hindcast.numeric.CounterBasedRandom;
import hindcast.objective.Objective;
import hindcast.objective.ObjectiveMethod;
import hindcast.objective.ScoredMinibatch;
import hindcast.testing.Logs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * The gradient of one minibatch with the exact softmax: 256 events, P = 1,000 items, L = 16, d =
 * 16. About a third of the events have a reward; objectives that ignore the others skip their
 * softmax.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ObjectiveMinibatchBenchmark {
  private static final int EVENTS = 256;
  private static final int ITEMS = 1000;
  private static final int LATENT = 16;
  private static final int CONTEXT = 16;
  private static final long SEED = 1;

  /** Which objective, with its default parameters. */
  @Param public ObjectiveMethod method;

  private final double[] theta = new double[CONTEXT * LATENT];
  private final double[] gradient = new double[CONTEXT * LATENT];
  private final double[] coefficients = new double[EVENTS];
  private final List<Example> events = new ArrayList<>();
  private Objective objective;
  private MinibatchGradient gradients;

  /** Events with everything any objective asks for; the logging policy is uniform. */
  @Setup
  public void fill() {
    ItemCatalogue catalogue = Logs.catalogue(ITEMS, LATENT, SEED);
    ItemEmbeddings embeddings = catalogue.embeddings();
    objective = method.defaults();
    gradients =
        new MinibatchGradient(
            objective, new EventByEvent("exact", new ExactScoreGradient(embeddings)), embeddings);
    long key = CounterBasedRandom.key(SEED, "benchmark", 0, "");
    for (int k = 0; k < theta.length; k++) {
      theta[k] = 0.1 * CounterBasedRandom.gaussian(key, k);
    }
    SideInformation side = side(key);
    for (LoggedFeedback feedback : Logs.uniform(catalogue, CONTEXT, EVENTS, SEED)) {
      events.add(
          new Example(
              feedback.context(),
              catalogue.indexOf(feedback.itemId()),
              null,
              feedback.reward(),
              feedback.propensity().value(),
              0.1,
              events.size(),
              side.withState(feedback.segment())));
    }
  }

  private static SideInformation side(long key) {
    double[] predicted = new double[ITEMS];
    double[] row = new double[ITEMS];
    double[][] given = new double[ITEMS][];
    for (int b = 0; b < ITEMS; b++) {
      predicted[b] = CounterBasedRandom.uniform(key, 1_000_000 + b);
      row[b] = 1.0 / ITEMS;
      given[b] = b % 2 == 0 ? new double[] {0.7, 0.2, 0.1} : new double[] {0.1, 0.2, 0.7};
    }
    return SideInformation.NONE
        .withRewardModel(b -> predicted[b])
        .withLoggingRow(row)
        .withClusters(IntStream.range(0, ITEMS).map(b -> b % 20).toArray(), Double.NaN)
        .withSelection(IntStream.range(0, ITEMS).filter(b -> b % 4 != 0).toArray(), Double.NaN)
        .withEmbedding(1, given);
  }

  /** Scores the events, weighs them, adds up. */
  @Benchmark
  public double[] minibatch() {
    Arrays.fill(gradient, 0);
    ScoredMinibatch batch = gradients.score(events, theta);
    objective.coefficients(batch, coefficients);
    gradients.add(events, coefficients, gradient);
    return gradient;
  }
}
