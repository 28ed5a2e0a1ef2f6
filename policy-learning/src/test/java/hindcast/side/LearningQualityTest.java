package hindcast.side;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.numeric.CounterBasedRandom;
import hindcast.numeric.LogSumExp;
import hindcast.objective.Objective;
import hindcast.policy.SoftmaxPolicy;
import hindcast.policy.TwoStagePolicy;
import hindcast.propensity.Propensity;
import hindcast.testing.Quality;
import hindcast.training.LearnerSettings;
import hindcast.training.MinibatchTrainer;
import hindcast.training.SideInformationSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Every system learns: 200 items in 20 clusters, d = L = 6, 6,000 events with yes-or-no rewards in
 * 40 repeating contexts, propensities with a log error of .1 to .9 (larger for rare items),
 * minibatch 256, ten epochs, Adam at .02, zero start, no L2, nothing tuned. True value over that of
 * the logging policy; {@code docs/statistics-learning.md} holds the long form. In each build two
 * epochs of one seed.
 */
class LearningQualityTest {
  private static final int D = 6;
  private static final int ITEMS = 200;
  private static final int CLUSTERS = 20;
  private static final int CONTEXTS = 40;
  private static final int EVENTS = 6000;
  private static final int MINIBATCH = 256;
  private static final int EPOCHS = Quality.size(2, 10);
  private static final int SEEDS = Quality.size(1, 5);

  private record Learned(
      String name,
      String objective,
      Map<String, Double> parameters,
      String gradient,
      boolean truePropensity,
      boolean mustLearn) {}

  private static Learned of(String objective, Object... parameters) {
    return named(objective, objective, parameters);
  }

  private static Learned named(String name, String objective, Object... parameters) {
    Map<String, Double> all = new java.util.TreeMap<>();
    for (int k = 0; k < parameters.length; k += 2) {
      all.put((String) parameters[k], ((Number) parameters[k + 1]).doubleValue());
    }
    boolean weak = List.of("IPS_UN", "TOPK", "UIPS_O").contains(name);
    String gradient = name.equals("REINFORCE_DM") ? "reinforce" : "exact";
    return new Learned(name, objective, all, gradient, name.equals("IPS_GT"), !weak);
  }

  private static final List<Learned> SYSTEMS =
      List.of(
          of("MINVAR_DR"),
          named("REINFORCE_DM", "DM"),
          of("SHRINK_DR", "lam", 100),
          of("UIPS_DR", "lam", 100, "gamma", 1),
          of("POTEC"),
          of("OFFCEM"),
          of("ADAPTIVE"),
          of("POXM_PRUNE"),
          of("MIPS"),
          of("MIPS_EMB"),
          of("UIPS_P", "gamma", 2),
          of("BIPS_CAP", "M", 10),
          of("DICE_S"),
          named("IPS_GT", "IPS"),
          of("STABLEVAR"),
          of("MINVAR_CTX"),
          of("UIPS", "lam", 100, "gamma", 1),
          of("TOPK_CAP", "K", 5, "M", 10),
          of("DR"),
          of("POXM_SIS"),
          of("STABLEVAR_CTX"),
          of("LPI"),
          of("MINVAR"),
          of("IPS_UN"),
          of("TOPK", "K", 5),
          of("UIPS_O", "gamma", 1));

  @Test
  void everySystemTrains() {
    double[][] ratios = new double[SYSTEMS.size()][SEEDS];
    for (int seed = 0; seed < SEEDS; seed++) {
      World world = new World(seed);
      System.out.printf("seed %d best possible %.3f%n", seed, world.best() / world.loggingValue());
      for (int k = 0; k < ratios.length; k++) {
        ratios[k][seed] = world.learn(SYSTEMS.get(k)) / world.loggingValue();
      }
    }
    for (int k = 0; k < ratios.length; k++) {
      double mean = java.util.Arrays.stream(ratios[k]).average().orElseThrow();
      double square = 0;
      for (double ratio : ratios[k]) {
        square += (ratio - mean) * (ratio - mean);
      }
      System.out.printf(
          "| %s | %.3f | %.3f |%n",
          SYSTEMS.get(k).name(), mean, Math.sqrt(square / Math.max(1, SEEDS - 1)));
    }
    for (int k = 0; k < ratios.length; k++) {
      double mean = java.util.Arrays.stream(ratios[k]).average().orElseThrow();
      if (SYSTEMS.get(k).mustLearn()) {
        assertThat(mean).as(SYSTEMS.get(k).name()).isGreaterThan(1.05);
      }
    }
  }

  private static final class World {
    private final long seed;
    private final long key;
    private final ItemCatalogue catalogue;
    private final Context[] contexts = new Context[CONTEXTS];
    private final double[][] reward = new double[CONTEXTS][ITEMS];
    private final double[][] logging = new double[CONTEXTS][ITEMS];
    private final List<LoggedFeedback> log = new ArrayList<>();
    private final List<LoggedFeedback> exact = new ArrayList<>();

    World(long seed) {
      this.seed = seed;
      key = CounterBasedRandom.key(seed, "learning", 0, "");
      float[] rows = new float[ITEMS * D];
      for (int a = 0; a < ITEMS; a++) {
        for (int l = 0; l < D; l++) {
          double center = CounterBasedRandom.gaussian(key, (a % CLUSTERS) * D + l);
          rows[a * D + l] = (float) (center + .4 * gaussian(1, a * D + l));
        }
      }
      String[] ids = new String[ITEMS];
      for (int a = 0; a < ITEMS; a++) {
        ids[a] = Integer.toString(a);
      }
      catalogue = new ItemCatalogue("v1", "test", ids, PackedEmbeddings.ofRows(rows, ITEMS, D));
      for (int s = 0; s < CONTEXTS; s++) {
        fillContext(s);
      }
      for (int i = 0; i < EVENTS; i++) {
        addEvent(i);
      }
    }

    private double gaussian(int purpose, int k) {
      return CounterBasedRandom.gaussian(CounterBasedRandom.bits(key, purpose), k);
    }

    private double uniform(int purpose, int k) {
      return CounterBasedRandom.uniform(CounterBasedRandom.bits(key, purpose), k);
    }

    private void fillContext(int s) {
      float[] x = new float[D];
      x[0] = 1;
      for (int k = 1; k < D; k++) {
        x[k] = (float) gaussian(2, s * D + k);
      }
      contexts[s] = Context.dense(x);
      double[] logits = new double[ITEMS];
      for (int a = 0; a < ITEMS; a++) {
        double z = 0;
        double noise = 0;
        double[] beta = catalogue.embeddings().vector(a);
        for (int k = 0; k < D; k++) {
          for (int l = 0; l < D; l++) {
            z += x[k] * beta[l] * gaussian(3, k * D + l) / D;
            noise += x[k] * beta[l] * gaussian(4, k * D + l) / D;
          }
        }
        reward[s][a] = 1 / (1 + Math.exp(-z));
        logits[a] = .3 * z + .8 * noise;
      }
      double logZ = LogSumExp.of(logits, ITEMS);
      for (int a = 0; a < ITEMS; a++) {
        logging[s][a] = Math.exp(logits[a] - logZ);
      }
    }

    private void addEvent(int i) {
      int s = CounterBasedRandom.below(CounterBasedRandom.bits(key, 5), i, CONTEXTS);
      double left = uniform(6, i);
      int item = 0;
      while (item < ITEMS - 1 && (left -= logging[s][item]) > 0) {
        item++;
      }
      double r = uniform(7, i) < reward[s][item] ? 1 : 0;
      double p = logging[s][item];
      double deviation = .1 + .8 * Math.min(1, Math.exp(-p * ITEMS));
      double estimate = Math.min(1, p * Math.exp(deviation * gaussian(8, s * ITEMS + item)));
      log.add(
          feedback(
              i, s, item, r, new Propensity(estimate, deviation, Propensity.Source.ESTIMATED)));
      exact.add(feedback(i, s, item, r, Propensity.logged(p)));
    }

    private LoggedFeedback feedback(int i, int s, int item, double r, Propensity p) {
      return new LoggedFeedback(
          "i" + i, i, "s" + s, contexts[s], catalogue.idOf(item), 0, null, "log", 1, r, p);
    }

    double loggingValue() {
      return value((s, a) -> logging[s][a]);
    }

    double best() {
      double sum = 0;
      for (double[] row : reward) {
        sum += java.util.Arrays.stream(row).max().orElseThrow();
      }
      return sum / CONTEXTS;
    }

    private double value(java.util.function.ToDoubleBiFunction<Integer, Integer> policy) {
      double sum = 0;
      for (int s = 0; s < CONTEXTS; s++) {
        for (int a = 0; a < ITEMS; a++) {
          sum += policy.applyAsDouble(s, a) * reward[s][a];
        }
      }
      return sum / CONTEXTS;
    }

    double learn(Learned system) {
      LearnerSettings settings =
          new LearnerSettings(
              system.objective(),
              system.parameters(),
              MINIBATCH,
              "adam",
              .02,
              0,
              system.gradient(),
              system.gradient().equals("reinforce") ? Map.of("samples", 64.0) : Map.of(),
              seed,
              "zero");
      SideSettings side =
          new SideSettings(CLUSTERS, 1, Double.POSITIVE_INFINITY, 20, .9, .01, 0, 1, seed);
      List<LoggedFeedback> events = system.truePropensity() ? exact : log;
      if (system.name().equals("POTEC")) {
        TwoStageTrainer trainer = new TwoStageTrainer(settings, side, "learned", D, catalogue);
        epochs(events, trainer::step);
        LearnedTwoStagePolicy policy = trainer.policy();
        TwoStagePolicy[] at = new TwoStagePolicy[CONTEXTS];
        for (int s = 0; s < CONTEXTS; s++) {
          at[s] = policy.at(contexts[s], null);
        }
        return value((s, a) -> at[s].probability(a));
      }
      Objective objective = Objective.of(system.objective(), system.parameters());
      SideInformationSource source = side.sourceFor(objective, catalogue, D);
      MinibatchTrainer trainer =
          new MinibatchTrainer(settings, "learned", D, catalogue, null, source);
      epochs(events, trainer::step);
      assertThat(trainer.refusedSteps()).as(system.name()).isZero();
      SoftmaxPolicy policy = new SoftmaxPolicy(trainer.parameters(), catalogue);
      double[][] pi = new double[CONTEXTS][];
      for (int s = 0; s < CONTEXTS; s++) {
        pi[s] = policy.probabilities(contexts[s], null);
      }
      return value((s, a) -> pi[s][a]);
    }

    private static void epochs(List<LoggedFeedback> events, Consumer<List<LoggedFeedback>> step) {
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (int from = 0; from + MINIBATCH <= events.size(); from += MINIBATCH) {
          step.accept(events.subList(from, from + MINIBATCH));
        }
      }
    }
  }
}
