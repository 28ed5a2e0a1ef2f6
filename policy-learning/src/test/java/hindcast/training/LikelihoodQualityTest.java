package hindcast.training;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.numeric.CounterBasedRandom;
import hindcast.policy.PolicyParameters;
import hindcast.policy.SoftmaxDistribution;
import hindcast.policy.SoftmaxPolicy;
import hindcast.propensity.Propensity;
import hindcast.testing.Quality;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The setting of the PWLL comparison: L = 16, 20,000 logged events of a stochastic logging policy
 * worth about .57, Adam at .02, minibatch 256, λ₂ = 10⁻⁴, a standard normal start, where IPS stays
 * caught. In the long form 400 steps; fewer in each build. Prints items, seed, start, the logging
 * policy's value and the greedy values of IPS and cLPI.
 */
class LikelihoodQualityTest {
  private static final int D = 8;
  private static final int L = 16;
  private static final int MINIBATCH = 256;

  @ParameterizedTest
  @ValueSource(ints = {1_000, 10_000})
  void greedyFormOfClippedLogPolicyImprovementBeatsThatOfIps(int items) {
    int events = items > 1_000 ? Quality.size(10_000, 20_000) : 20_000;
    int steps = items > 1_000 ? Quality.size(100, 400) : Quality.size(200, 400);
    int seeds = items > 1_000 ? Quality.size(1, 2) : Quality.size(1, 5);
    for (long seed = 0; seed < seeds; seed++) {
      World world = new World(items, seed);
      List<LoggedFeedback> log = world.log(events);
      double clpi = world.greedyValue(learn(world, log, steps, "CLPI", clpi(items), "random:1"));
      double ips = world.greedyValue(learn(world, log, steps, "IPS", Map.of(), "random:1"));
      print(items, seed, "random:1", world.loggingValue(log), ips, clpi);
      assertThat(clpi).as("cLPI %.3f, IPS %.3f", clpi, ips).isGreaterThan(ips + .1);
      assertThat(clpi).isGreaterThan(world.loggingValue(log) + .2);
    }
  }

  @Test
  void clippedLogPolicyImprovementDoesNotDependOnTheStart() {
    int steps = Quality.size(200, 400);
    for (long seed = 0; seed < Quality.size(1, 5); seed++) {
      World world = new World(1_000, seed);
      List<LoggedFeedback> log = world.log(Quality.size(10_000, 20_000));
      List<Double> clpi = new ArrayList<>();
      for (String start : List.of("zero", "random:0.1", "random:0.3", "random:1")) {
        clpi.add(world.greedyValue(learn(world, log, steps, "CLPI", clpi(1_000), start)));
        if (Quality.full()) {
          double ips = world.greedyValue(learn(world, log, steps, "IPS", Map.of(), start));
          print(1_000, seed, start, world.loggingValue(log), ips, clpi.get(clpi.size() - 1));
        }
      }
      assertThat(Collections.max(clpi) - Collections.min(clpi)).as("%s", clpi).isLessThan(.05);
    }
  }

  private static Map<String, Double> clpi(int items) {
    return Map.of("tau", Math.min(.01, 5.0 / items));
  }

  private static void print(
      int items, long seed, String start, double logging, double ips, double clpi) {
    System.out.printf(
        "| %d | %d | %s | %.3f | %.3f | %.3f |%n", items, seed, start, logging, ips, clpi);
  }

  private static PolicyParameters learn(
      World world,
      List<LoggedFeedback> log,
      int steps,
      String objective,
      Map<String, Double> parameters,
      String start) {
    MinibatchTrainer trainer =
        new MinibatchTrainer(
            new LearnerSettings(
                objective,
                parameters,
                MINIBATCH,
                "adam",
                .02,
                1e-4,
                "exact",
                Map.of(),
                world.seed,
                start),
            "learned",
            D,
            world.catalogue,
            null);
    for (int step = 0; step < steps; step++) {
      int from = step * MINIBATCH % (log.size() - MINIBATCH);
      trainer.step(log.subList(from, from + MINIBATCH));
    }
    return trainer.parameters();
  }

  /** Rewards σ(2z), z the standardised true score; logging by a noisy version of it. */
  private static final class World {
    private final long seed;
    private final ItemCatalogue catalogue;
    private final double[] truth;
    private final double[] logging;

    World(int items, long seed) {
      this.seed = seed;
      long key = CounterBasedRandom.key(seed, "world", items, "");
      float[] rows = new float[items * L];
      for (int k = 0; k < rows.length; k++) {
        rows[k] = (float) (CounterBasedRandom.gaussian(key, k) / Math.sqrt(L));
      }
      String[] ids = new String[items];
      for (int a = 0; a < items; a++) {
        ids[a] = Integer.toString(a);
      }
      catalogue = new ItemCatalogue("v1", "test", ids, PackedEmbeddings.ofRows(rows, items, L));
      truth = new double[D * L];
      logging = new double[D * L];
      long other = CounterBasedRandom.key(seed, "logging", items, "");
      for (int k = 0; k < truth.length; k++) {
        truth[k] = CounterBasedRandom.gaussian(other, k) * Math.sqrt((double) L / D);
        logging[k] = .1 * truth[k] + .3 * CounterBasedRandom.gaussian(other, 10_000 + k);
      }
    }

    Context context(String name, long i) {
      long key = CounterBasedRandom.key(seed, name, 0, Long.toString(i));
      float[] x = new float[D];
      for (int k = 0; k < D; k++) {
        x[k] = (float) CounterBasedRandom.gaussian(key, k);
      }
      return Context.dense(x);
    }

    double rewardProbability(Context x, int item) {
      double[] h = new double[L];
      x.project(truth, L, h);
      double z = catalogue.embeddings().score(item, h) / Math.sqrt(L);
      return 1 / (1 + Math.exp(-2 * z));
    }

    List<LoggedFeedback> log(int events) {
      SoftmaxDistribution softmax = new SoftmaxDistribution(catalogue.embeddings());
      List<LoggedFeedback> log = new ArrayList<>();
      for (int i = 0; i < events; i++) {
        Context x = context("log", i);
        softmax.fit(logging, x, null);
        long key = CounterBasedRandom.key(seed, "draw", 0, Integer.toString(i));
        double left = CounterBasedRandom.uniform(key, 0) * softmax.weightSum();
        int item = 0;
        while (item < softmax.count() - 1 && (left -= softmax.weights()[item]) > 0) {
          item++;
        }
        double reward = CounterBasedRandom.uniform(key, 1) < rewardProbability(x, item) ? 1 : 0;
        log.add(
            new LoggedFeedback(
                "i" + i,
                i,
                "",
                x,
                catalogue.idOf(item),
                0,
                null,
                "logging",
                1,
                reward,
                Propensity.logged(softmax.probability(item))));
      }
      return log;
    }

    double loggingValue(List<LoggedFeedback> log) {
      return log.stream().mapToDouble(LoggedFeedback::reward).average().orElseThrow();
    }

    double greedyValue(PolicyParameters parameters) {
      SoftmaxPolicy policy = new SoftmaxPolicy(parameters, catalogue);
      double sum = 0;
      for (int i = 0; i < 1000; i++) {
        Context x = context("test", i);
        sum += rewardProbability(x, policy.best(x, null));
      }
      return sum / 1000;
    }
  }
}
