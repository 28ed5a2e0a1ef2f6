package hindcast.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.catalogue.Float64Embeddings;
import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.objective.Objective;
import hindcast.propensity.Propensity;
import hindcast.testing.Logs;
import hindcast.testing.Problem;
import hindcast.testing.RandomProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LPI, cLPI and RegKL are strongly concave and have one optimum; IPS has several. */
class LikelihoodLawsTest {
  private static final List<String> LIKELIHOODS = List.of("LPI", "CLPI", "REGKL");
  private static final double L2 = 0.05;

  @Property(tries = 15)
  void eigenvaluesOfTheHessianAreAtMostMinusL2(@ForAll long seed) {
    RandomProblem random = new RandomProblem(seed);
    Problem problem = random.problem();
    for (String name : LIKELIHOODS) {
      double[][] hessian = hessian(problem, Objective.of(name, Map.of()), random.theta);
      double[] values =
          new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(hessian)).getEigenvalues();
      assertThat(Arrays.stream(values).max().orElseThrow()).as(name).isLessThan(-L2 + 1e-7);
    }
  }

  /** Central differences of the gradient, made symmetric. */
  private static double[][] hessian(Problem problem, Objective objective, double[][] theta) {
    int latent = theta[0].length;
    int size = theta.length * latent;
    double step = 1e-4;
    double[][] hessian = new double[size][size];
    for (int k = 0; k < size; k++) {
      double[][] up = Arrays.stream(theta).map(double[]::clone).toArray(double[][]::new);
      double[][] down = Arrays.stream(theta).map(double[]::clone).toArray(double[][]::new);
      up[k / latent][k % latent] += step;
      down[k / latent][k % latent] -= step;
      double[][] high = Problem.minus(problem.gradient(objective, up), L2, up);
      double[][] low = Problem.minus(problem.gradient(objective, down), L2, down);
      for (int j = 0; j < size; j++) {
        double slope = (high[j / latent][j % latent] - low[j / latent][j % latent]) / (2 * step);
        hessian[k][j] += slope / 2;
        hessian[j][k] += slope / 2;
      }
    }
    return hessian;
  }

  @Property(tries = 30)
  void valueInTheMiddleIsAboveTheChord(@ForAll long one, @ForAll long other) {
    Problem problem = new RandomProblem(one).problem();
    double[][] a = new RandomProblem(one).theta;
    double[][] b = new RandomProblem(other).theta;
    double[][] middle = Problem.minus(a, -1, b);
    for (double[] row : middle) {
      Arrays.setAll(row, l -> row[l] / 2);
    }
    for (String name : LIKELIHOODS) {
      double bonus = L2 / 8 * Problem.squaredNorm(Problem.minus(a, 1, b));
      double chord = (regularised(problem, name, a) + regularised(problem, name, b)) / 2;
      assertThat(regularised(problem, name, middle))
          .as(name)
          .isGreaterThanOrEqualTo(chord + bonus - 1e-12);
    }
  }

  private static double regularised(Problem problem, String name, double[][] theta) {
    return problem.value(Objective.of(name, Map.of()), theta) - L2 / 2 * Problem.squaredNorm(theta);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LPI", "CLPI", "REGKL"})
  void twentyRandomStartsReachOneOptimum(String objective) {
    ItemCatalogue catalogue = Logs.catalogue(8, 2, 3);
    List<LoggedFeedback> log = Logs.uniform(catalogue, 2, 40, 5);
    double scale = objective.equals("CLPI") ? 8 : objective.equals("REGKL") ? 4 : 1;
    double[] first = null;
    for (int seed = 0; seed < 20; seed++) {
      MinibatchTrainer trainer =
          trainer(objective, catalogue, 2, "momentum momentum=0.8", 0.2 / scale, 0.1 * scale, seed);
      for (int step = 0; step < 700; step++) {
        trainer.step(log);
      }
      double[] theta = trainer.parameters().theta();
      first = first == null ? theta : first;
      assertThat(theta).usingComparatorWithPrecision(1e-7).containsExactly(first);
    }
  }

  @Test
  void inversePropensityScoringReachesTwo() {
    ItemCatalogue catalogue =
        new ItemCatalogue(
            "v1", "test", new String[] {"a", "b", "c"}, new Float64Embeddings(line(), 3, 1));
    List<LoggedFeedback> log = List.of(event(0, "a", 1), event(1, "b", 0), event(2, "c", .9));
    List<Double> ends = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      MinibatchTrainer trainer = trainer("IPS", catalogue, 1, "sgd", 1, .05, seed);
      for (int step = 0; step < 1500; step++) {
        trainer.step(log);
      }
      ends.add(trainer.parameters().theta()[0]);
    }
    double left = ends.stream().mapToDouble(e -> e).min().orElseThrow();
    double right = ends.stream().mapToDouble(e -> e).max().orElseThrow();
    assertThat(left).isLessThan(-0.5);
    assertThat(right).isGreaterThan(0.5);
    for (double end : ends) {
      assertThat(end).isCloseTo(end < 0 ? left : right, within(1e-7));
    }
  }

  private static double[] line() {
    return new double[] {-1, 0, 1};
  }

  private static LoggedFeedback event(int i, String item, double reward) {
    return new LoggedFeedback(
        "i" + i,
        i,
        "",
        Context.dense(new float[] {1}),
        item,
        0,
        null,
        "log",
        1,
        reward,
        Propensity.logged(1.0 / 3));
  }

  private static MinibatchTrainer trainer(
      String objective,
      ItemCatalogue catalogue,
      int d,
      String optimizer,
      double rate,
      double l2,
      long seed) {
    return new MinibatchTrainer(
        new LearnerSettings(
            objective, Map.of(), 100, optimizer, rate, l2, "exact", Map.of(), seed, "random:2"),
        "learned",
        d,
        catalogue,
        null);
  }
}
