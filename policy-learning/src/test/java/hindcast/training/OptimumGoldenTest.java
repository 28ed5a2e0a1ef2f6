package hindcast.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import hindcast.gradient.ExactScoreGradient;
import hindcast.numeric.CounterBasedRandom;
import hindcast.objective.Objective;
import hindcast.testing.ExactContexts;
import hindcast.testing.Golden;
import hindcast.testing.Problem;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden 10: PWLL objectives have one optimum, IPS has two. */
class OptimumGoldenTest {
  private static final int STARTS = 20;

  static Stream<Golden> cases() {
    return Golden.whole("10_optimum");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tabularOptimum(Golden golden) {
    golden.required();
    int[] action = golden.integers("/tabular/inputs/action");
    int items = 1 + Arrays.stream(action).max().orElseThrow();
    double[][] identity = new double[items][items];
    double[][] x = new double[action.length][1];
    for (int a = 0; a < items; a++) {
      identity[a][a] = 1;
    }
    for (double[] row : x) {
      row[0] = 1;
    }
    Problem problem =
        new Problem(
            identity,
            x,
            action,
            golden.vector("/tabular/inputs/r"),
            golden.vector("/tabular/inputs/p"),
            null,
            i -> SideInformation.NONE);
    for (int k = 0; k < golden.at("/tabular/expected").size(); k++) {
      String at = "/tabular/expected/" + k;
      Objective objective = objective(golden, at);
      double[][] theta = ascend(problem, objective, 0, new double[1][items], new Sgd(), 1, 3000);
      double logZ = Arrays.stream(theta[0]).map(Math::exp).sum();
      for (int a = 0; a < items; a++) {
        golden.check(at + "/pi_star/" + a, Math.exp(theta[0][a]) / logZ, 1e-7);
      }
    }
    golden.assertExercised("/tabular/expected");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void likelihoodObjectivesReachOneOptimumFromAnyStart(Golden golden) {
    golden.required();
    Problem problem = Problem.read(golden, "/pwll/inputs", i -> SideInformation.NONE);
    for (int k = 0; k < golden.at("/pwll/expected").size(); k++) {
      String at = "/pwll/expected/" + k;
      Objective objective = objective(golden, at);
      double l2 = golden.number(at + "/l2");
      golden.exercised(at + "/l2");
      double[] c = problem.coefficients(objective, new double[2][2]);
      golden.check(at + "/weights", Arrays.stream(c).map(v -> v * c.length).toArray());
      double[][] optimum = golden.matrix(at + "/theta_star");
      for (int start = 0; start < STARTS; start++) {
        Optimizer optimizer = start % 2 == 0 ? new Sgd() : new Momentum(0.5, 4);
        double rate = 1 / (2 * -golden.number(at + "/hessian_min_eig"));
        double[][] theta =
            ascend(problem, objective, l2, random(start, 2, 2), optimizer, rate, 400);
        for (int i = 0; i < 2; i++) {
          for (int l = 0; l < 2; l++) {
            assertThat(theta[i][l]).isCloseTo(optimum[i][l], within(1e-7));
            golden.check(at + "/theta_star/" + i + "/" + l, theta[i][l], 1e-6);
          }
        }
      }
      golden.check(
          at + "/value", problem.value(objective, optimum) - l2 / 2 * Problem.squaredNorm(optimum));
      double[] eigenvalues = eigenvalues(problem, optimum, c, l2);
      golden.check(at + "/hessian_max_eig", eigenvalues[eigenvalues.length - 1]);
      golden.check(at + "/hessian_min_eig", eigenvalues[0]);
      assertThat(eigenvalues[eigenvalues.length - 1]).isLessThanOrEqualTo(-l2);
    }
    golden.assertExercised("/pwll/expected");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inversePropensityScoringHasTwoOptima(Golden golden) {
    golden.required();
    Problem problem = Problem.read(golden, "/ips_1d/inputs", i -> SideInformation.NONE);
    double l2 = golden.number("/ips_1d/inputs/l2");
    Objective ips = Objective.of("IPS", Map.of());
    double[] points = golden.vector("/ips_1d/expected/stationary_points");
    double[] from = {-2, points[1] - 0.5, 2};
    for (int k = 0; k < points.length; k++) {
      double low = points[k] - 0.3;
      double high = points[k] + 0.3;
      double sign = Math.signum(slope(problem, ips, low, l2));
      for (int step = 0; step < 200; step++) {
        double middle = (low + high) / 2;
        if (Math.signum(slope(problem, ips, middle, l2)) == sign) {
          low = middle;
        } else {
          high = middle;
        }
      }
      golden.check("/ips_1d/expected/stationary_points/" + k, low);
      golden.check(
          "/ips_1d/expected/values/" + k,
          problem.value(ips, new double[][] {{points[k]}}) - l2 / 2 * points[k] * points[k]);
      if (k != 1) {
        double[][] theta =
            ascend(problem, ips, l2, new double[][] {{from[k]}}, new Sgd(), 20, 4000);
        assertThat(theta[0][0]).isCloseTo(points[k], within(1e-7));
      }
    }
    golden.assertExercised("/ips_1d/expected");
  }

  private static double slope(Problem problem, Objective objective, double theta, double l2) {
    return problem.gradient(objective, new double[][] {{theta}})[0][0] - l2 * theta;
  }

  private static double[][] ascend(
      Problem problem,
      Objective objective,
      double l2,
      double[][] start,
      Optimizer optimizer,
      double rate,
      int steps) {
    int d = start.length;
    int latent = start[0].length;
    double[][] theta = Arrays.stream(start).map(double[]::clone).toArray(double[][]::new);
    for (int step = 0; step < steps; step++) {
      double[][] gradient = Problem.minus(problem.gradient(objective, theta), l2, theta);
      double[] flatTheta = Arrays.stream(theta).flatMapToDouble(Arrays::stream).toArray();
      double[] flat = Arrays.stream(gradient).flatMapToDouble(Arrays::stream).toArray();
      optimizer.step(flatTheta, flat, rate);
      for (int i = 0; i < d; i++) {
        System.arraycopy(flatTheta, i * latent, theta[i], 0, latent);
      }
    }
    return theta;
  }

  private static double[][] random(int start, int d, int latent) {
    double[][] theta = new double[d][latent];
    for (int i = 0; i < d; i++) {
      for (int l = 0; l < latent; l++) {
        theta[i][l] = 3 * CounterBasedRandom.gaussian(start, i * latent + l);
      }
    }
    return theta;
  }

  /** Of −Σ c_i (x xᵀ) ⊗ Cov(β) − l2 I, smallest first. */
  private static double[] eigenvalues(Problem problem, double[][] theta, double[] c, double l2) {
    int d = theta.length;
    int latent = theta[0].length;
    double[][] hessian = new double[d * latent][d * latent];
    ExactScoreGradient exact = new ExactScoreGradient(problem.embeddings());
    double[] row = new double[latent];
    for (int i = 0; i < c.length; i++) {
      Example event = problem.events().get(i);
      exact.fit(ExactContexts.repeat(theta), event.context(), event.item(), null, 0);
      for (int l = 0; l < latent; l++) {
        int component = l;
        exact.covariance(b -> problem.embeddings().vector(b)[component], row);
        double[] features = features(event, d);
        for (int a = 0; a < d; a++) {
          for (int b = 0; b < d; b++) {
            for (int m = 0; m < latent; m++) {
              hessian[a * latent + l][b * latent + m] -= c[i] * features[a] * features[b] * row[m];
            }
          }
        }
      }
    }
    for (int k = 0; k < hessian.length; k++) {
      hessian[k][k] -= l2;
    }
    double[] values =
        new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(hessian)).getEigenvalues();
    Arrays.sort(values);
    return values;
  }

  private static double[] features(Example event, int d) {
    double[] sum = new double[3 * d];
    event.context().addOuter(1, new double[] {1}, sum);
    double[] features = new double[d];
    for (int k = 0; k < sum.length; k++) {
      features[k / 3] += sum[k];
    }
    return features;
  }

  private static Objective objective(Golden golden, String at) {
    Map<String, Double> parameters = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : golden.at(at + "/params").properties()) {
      parameters.put(entry.getKey(), entry.getValue().asDouble());
    }
    golden.exercised(at + "/objective");
    golden.exercised(at + "/params");
    return Objective.of(golden.at(at + "/objective").asText(), parameters);
  }
}
