package hindcast.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.catalogue.ExactIndex;
import hindcast.gradient.ExactScoreGradient;
import hindcast.gradient.HeadTailScoreGradient;
import hindcast.objective.Objective;
import hindcast.objective.ScoredMinibatch;
import hindcast.testing.Problem;
import hindcast.testing.RandomProblem;
import java.util.Arrays;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ObjectiveLawsTest {
  private static final Map<String, Double> INFINITE_CAP = Map.of("M", Double.POSITIVE_INFINITY);

  private static Objective of(String name) {
    return Objective.of(name, Map.of());
  }

  private static Objective of(String name, String key, double value) {
    return Objective.of(name, Map.of(key, value));
  }

  private static void assertSame(
      RandomProblem random, Problem problem, Objective a, Objective b, double factor) {
    double[] flatA =
        Arrays.stream(problem.gradient(a, random.theta)).flatMapToDouble(Arrays::stream).toArray();
    double[] flatB =
        Arrays.stream(problem.gradient(b, random.theta)).flatMapToDouble(Arrays::stream).toArray();
    for (int k = 0; k < flatA.length; k++) {
      assertThat(flatA[k]).isCloseTo(factor * flatB[k], within(1e-11 + 1e-9 * Math.abs(flatA[k])));
    }
  }

  @Property(tries = 40)
  void specialCases(@ForAll long seed) {
    RandomProblem random = new RandomProblem(seed);
    Problem problem = random.problem();
    Objective ips = of("IPS");
    assertSame(random, problem, Objective.of("CIPS_CAP", INFINITE_CAP), ips, 1);
    assertSame(random, problem, Objective.of("BIPS_CAP", INFINITE_CAP), ips, 1);
    assertSame(random, problem, of("CIPS_FLOOR", "tau", 0), ips, 1);
    assertSame(random, problem, of("IX", "gamma", 0), ips, 1);
    assertSame(random, problem, of("ES", "alpha", 1), ips, 1);
    assertSame(random, problem, of("TOPK", "K", 1), ips, 1);
    assertSame(random, problem, of("IPS_UN", "alpha", 0), ips, 1);
    assertSame(random, problem, of("BANDITNET", "baseline", 0), ips, 1);
    assertSame(random, problem, of("UIPS_P", "gamma", 0), ips, 1);
    assertSame(random, problem, of("UIPS_O", "gamma", 0), ips, 1);
    assertSame(random, problem, of("CLPI", "tau", 1), of("LPI"), 1);
    assertSame(random, problem, of("AGG_MEAN"), ips, RandomProblem.N);
    assertSame(random, problem, of("AGG_MEAN", "N", 1000), ips, 1000);
    assertSame(random, problem, of("SHRINK_DR", "lam", Double.POSITIVE_INFINITY), of("DR"), 1);
  }

  @Property(tries = 20)
  void uipsWithoutUncertaintyIsShrinkage(@ForAll long seed) {
    RandomProblem random = new RandomProblem(seed);
    int[] clusters = new int[RandomProblem.P];
    Problem certain = random.problem(clusters, random.reward, new double[RandomProblem.N]);
    Map<String, Double> uips = Map.of("lam", 2.0, "eta1", 1.0, "eta2", 1.0, "gamma", 3.0);
    assertSame(random, certain, Objective.of("UIPS_DR", uips), of("SHRINK_DR", "lam", 2), 1);
    double[] c = certain.coefficients(Objective.of("UIPS", uips), random.theta);
    ScoredMinibatch batch = certain.score(of("IPS"), random.theta);
    for (int i = 0; i < c.length; i++) {
      double w = batch.weight(i);
      assertThat(c[i] * c.length).isCloseTo(2 * w / (2 + w * w) * batch.reward(i), within(1e-12));
    }
  }

  @Property(tries = 20)
  void singletonClustersAreItems(@ForAll long seed) {
    RandomProblem random = new RandomProblem(seed);
    Problem problem =
        random.problem(
            IntStream.range(0, RandomProblem.P).toArray(), random.reward, random.uncertainty);
    assertSame(random, problem, of("MIPS"), of("IPS"), 1);
    assertSame(random, problem, of("OFFCEM"), of("DR"), 1);
  }

  @Property(tries = 20)
  void oneClusterLeavesOnlyTheModel(@ForAll long seed) {
    RandomProblem random = new RandomProblem(seed);
    Problem problem = random.problem(new int[RandomProblem.P], random.reward, random.uncertainty);
    assertSame(random, problem, of("OFFCEM"), of("SHRINK_DR", "lam", 0), 1);
  }

  @Property(tries = 20)
  void snipsShiftsWithTheReward(@ForAll long seed) {
    RandomProblem random = new RandomProblem(seed);
    double[] half = Arrays.stream(random.reward).map(r -> r / 2).toArray();
    double[] shifted = Arrays.stream(half).map(r -> r + 0.5).toArray();
    int[] clusters = new int[RandomProblem.P];
    Problem low = random.problem(clusters, half, null);
    Problem high = random.problem(clusters, shifted, null);
    Objective snips = of("SNIPS");
    assertThat(high.value(snips, random.theta))
        .isCloseTo(low.value(snips, random.theta) + 0.5, within(1e-12));
    double[] a = low.coefficients(snips, random.theta);
    double[] b = high.coefficients(snips, random.theta);
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i]).isCloseTo(b[i], within(1e-12));
    }
  }

  @Property(tries = 40)
  void smoothedTermsAreOrdered(@ForAll long seed) {
    RandomProblem random = new RandomProblem(seed);
    Problem problem = random.problem();
    double lambda = 0.3;
    double ix = problem.value(of("IX", "gamma", lambda / 2), random.theta);
    double lin = problem.value(of("LS_LIN", "lam", lambda), random.theta);
    double ls = problem.value(of("LS", "lam", lambda), random.theta);
    double ips = problem.value(of("IPS"), random.theta);
    assertThat(ix).isLessThanOrEqualTo(lin + 1e-15);
    assertThat(lin).isLessThanOrEqualTo(ls + 1e-15);
    assertThat(ls).isLessThanOrEqualTo(ips + 1e-15);
  }

  @Property(tries = 15, seed = "20")
  void gradientsAreFiniteDifferencesOfValues(@ForAll long seed) {
    RandomProblem random = new RandomProblem(seed);
    Problem problem = random.problem();
    for (String name : Objective.names()) {
      Objective objective = of(name);
      if (objective.trueGradient()) {
        double[][] gradient = problem.gradient(objective, random.theta);
        for (int i = 0; i < gradient.length; i++) {
          for (int l = 0; l < gradient[i].length; l++) {
            double want = slope(theta -> problem.value(objective, theta), random.theta, i, l);
            assertThat(gradient[i][l])
                .as(name)
                .isCloseTo(want, within(1e-6 * (1 + Math.abs(want))));
          }
        }
      }
    }
  }

  @Property(tries = 15, seed = "21")
  void stopGradientsAreFiniteDifferencesWithTheWeightsHeldConstant(@ForAll long seed) {
    RandomProblem random = new RandomProblem(seed);
    Problem problem = random.problem();
    for (String name : Objective.names()) {
      Objective objective = of(name);
      if (!objective.trueGradient()) {
        double[] frozen = problem.coefficients(objective, random.theta);
        double[][] gradient = problem.gradient(objective, random.theta);
        for (int i = 0; i < gradient.length; i++) {
          for (int l = 0; l < gradient[i].length; l++) {
            double want =
                slope(theta -> frozenValue(problem, objective, theta, frozen), random.theta, i, l);
            assertThat(gradient[i][l])
                .as(name)
                .isCloseTo(want, within(1e-6 * (1 + Math.abs(want))));
          }
        }
        ScoredMinibatch batch = problem.score(objective, random.theta);
        double sum = Arrays.stream(frozen).sum();
        for (int i = 0; i < batch.size() && objective.hasModelTerm(); i++) {
          sum += batch.modelMean(i) / batch.size();
        }
        assertThat(problem.value(objective, random.theta)).as(name).isCloseTo(sum, within(1e-12));
      }
    }
  }

  /** Σ c_i log π_i + mean(q̄) with c constant. */
  private static double frozenValue(
      Problem problem, Objective objective, double[][] theta, double[] c) {
    ScoredMinibatch batch = problem.score(objective, theta);
    double value = 0;
    for (int i = 0; i < c.length; i++) {
      value += c[i] * batch.logProbability(i);
      value += objective.hasModelTerm() ? batch.modelMean(i) / c.length : 0;
    }
    return value;
  }

  /** Richardson's extrapolation of central differences. */
  private static double slope(ToDoubleFunction<double[][]> value, double[][] theta, int i, int l) {
    double step = 1e-3;
    double wide = central(value, theta, i, l, step);
    double narrow = central(value, theta, i, l, step / 2);
    return (4 * narrow - wide) / 3;
  }

  private static double central(
      ToDoubleFunction<double[][]> value, double[][] theta, int i, int l, double step) {
    double[][] moved = Arrays.stream(theta).map(double[]::clone).toArray(double[][]::new);
    moved[i][l] = theta[i][l] + step;
    double up = value.applyAsDouble(moved);
    moved[i][l] = theta[i][l] - step;
    return (up - value.applyAsDouble(moved)) / (2 * step);
  }

  @Property(tries = 20)
  void headOfEveryItemIsExact(@ForAll long seed) {
    RandomProblem random = new RandomProblem(seed);
    Problem problem = random.problem();
    for (String name : Objective.names()) {
      Objective objective = of(name);
      double[] c = problem.coefficients(objective, random.theta);
      double[][] exact =
          problem.gradient(
              objective, random.theta, c, new ExactScoreGradient(problem.embeddings()));
      double[][] sampled =
          problem.gradient(
              objective,
              random.theta,
              c,
              new HeadTailScoreGradient(
                  problem.embeddings(), new ExactIndex(problem.embeddings()), RandomProblem.P, 10));
      for (int i = 0; i < exact.length; i++) {
        for (int l = 0; l < exact[i].length; l++) {
          assertThat(sampled[i][l]).as(name).isCloseTo(exact[i][l], within(1e-12));
        }
      }
    }
  }
}
