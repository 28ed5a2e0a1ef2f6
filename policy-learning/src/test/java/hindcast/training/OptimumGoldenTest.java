package hindcast.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import hindcast.gradient.ExactScoreGradient;
import hindcast.numeric.CounterBasedRandom;
import hindcast.numeric.LogSumExp;
import hindcast.objective.Objective;
import hindcast.testing.ExactContexts;
import hindcast.testing.Golden;
import hindcast.testing.Problem;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden 10: PWLL objectives have one optimum, IPS has two. */
class OptimumGoldenTest {
  private static final int STARTS = 20;
  private static final double REACHED = 1e-7;
  private static final int MOST_STEPS = 50_000;

  static Stream<Golden> blocks() {
    return Golden.blocks("10_optimum");
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void optima(Golden golden) {
    golden.required();
    switch (golden.name()) {
      case "tabular" -> tabularOptimum(golden);
      case "pwll" -> likelihoodObjectivesReachOneOptimumFromAnyStart(golden);
      case "ips_1d" -> inversePropensityScoringHasTwoOptima(golden);
      default -> throw new AssertionError("not exercised: " + golden.name());
    }
    golden.assertExercised();
  }

  /** One context, a free logit for each action: the closed form, and where ascent ends. */
  private static void tabularOptimum(Golden golden) {
    int[] action = golden.integers("/inputs/action");
    int items = golden.at("/expected/0/pi_star").size();
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
            golden.vector("/inputs/r"),
            golden.vector("/inputs/p"),
            null,
            i -> SideInformation.NONE);
    for (int k = 0; k < golden.at("/expected").size(); k++) {
      String at = "/expected/" + k;
      Objective objective = objective(golden, at);
      double[][] zero = new double[1][items];
      double[] c = problem.coefficients(objective, zero);
      double[] mass = new double[items];
      for (int i = 0; i < c.length; i++) {
        mass[action[i]] += c[i];
      }
      double total = Arrays.stream(mass).sum();
      double[][] theta = ascend(problem, objective, 0, zero, new Sgd(), 1 / total, 1e-9 * total);
      double logZ = LogSumExp.of(theta[0], items);
      for (int a = 0; a < items; a++) {
        golden.check(at + "/pi_star/" + a, mass[a] / total);
        // an action without mass is left at the pace of 1 / steps
        assertThat(Math.exp(theta[0][a] - logZ))
            .isCloseTo(mass[a] / total, within(mass[a] == 0 ? 1e-3 : REACHED));
      }
    }
  }

  private static void likelihoodObjectivesReachOneOptimumFromAnyStart(Golden golden) {
    Problem problem = Problem.read(golden, "/inputs", i -> SideInformation.NONE);
    for (int k = 0; k < golden.at("/expected").size(); k++) {
      String at = "/expected/" + k;
      Objective objective = objective(golden, at);
      double l2 = golden.number(at + "/l2");
      golden.exercised(at + "/l2");
      double[][] optimum = golden.matrix(at + "/theta_star");
      int d = optimum.length;
      int latent = optimum[0].length;
      double[] c = problem.coefficients(objective, new double[d][latent]);
      golden.check(at + "/weights", Arrays.stream(c).map(v -> v * c.length).toArray());
      double rate = 1 / (curvature(problem, c, d) + l2);
      for (int start = 0; start < STARTS; start++) {
        Optimizer optimizer = start % 5 == 0 ? new Sgd() : new Momentum(0.9, d * latent);
        double[][] from = random(start, d, latent);
        // strong concavity: the optimum is at most |gradient| / l2 away
        double[][] theta = ascend(problem, objective, l2, from, optimizer, rate, REACHED / 10 * l2);
        for (int i = 0; i < d; i++) {
          assertThat(theta[i]).containsExactly(optimum[i], within(REACHED));
        }
      }
      golden.exercised(at + "/theta_star");
      golden.check(
          at + "/value", problem.value(objective, optimum) - l2 / 2 * Problem.squaredNorm(optimum));
      double[] eigenvalues = eigenvalues(problem, optimum, c, l2);
      golden.check(at + "/hessian_max_eig", eigenvalues[eigenvalues.length - 1]);
      golden.check(at + "/hessian_min_eig", eigenvalues[0]);
      assertThat(eigenvalues[eigenvalues.length - 1]).isLessThanOrEqualTo(-l2);
    }
  }

  /** Sum of c |x|² times the largest variance of a projected item vector, diameter² / 4. */
  private static double curvature(Problem problem, double[] c, int d) {
    double diameter = 0;
    for (int a = 0; a < problem.embeddings().size(); a++) {
      for (int b = 0; b < a; b++) {
        double[] difference = problem.embeddings().vector(a).clone();
        double[] other = problem.embeddings().vector(b);
        double square = 0;
        for (int l = 0; l < difference.length; l++) {
          square += (difference[l] - other[l]) * (difference[l] - other[l]);
        }
        diameter = Math.max(diameter, square);
      }
    }
    double sum = 0;
    for (int i = 0; i < c.length; i++) {
      double[] x = features(problem.events().get(i), d);
      sum += c[i] * Arrays.stream(x).map(v -> v * v).sum();
    }
    return sum * diameter / 4;
  }

  private static void inversePropensityScoringHasTwoOptima(Golden golden) {
    Problem problem = Problem.read(golden, "/inputs", i -> SideInformation.NONE);
    double l2 = golden.number("/inputs/l2");
    Objective ips = Objective.of("IPS", Map.of());
    double[] points = golden.vector("/expected/stationary_points");
    Set<Double> reached = new HashSet<>();
    for (int k = 0; k < points.length; k++) {
      double gap = gap(points, k);
      double low = points[k] - gap;
      double high = points[k] + gap;
      double sign = Math.signum(slope(problem, ips, low, l2));
      assertThat(Math.signum(slope(problem, ips, high, l2))).isEqualTo(-sign);
      for (int step = 0; step < 200; step++) {
        double middle = (low + high) / 2;
        if (Math.signum(slope(problem, ips, middle, l2)) == sign) {
          low = middle;
        } else {
          high = middle;
        }
      }
      golden.check("/expected/stationary_points/" + k, low);
      golden.check(
          "/expected/values/" + k,
          problem.value(ips, new double[][] {{points[k]}}) - l2 / 2 * points[k] * points[k]);
      if (sign > 0) {
        for (double from : new double[] {points[k] - gap, points[k] + gap}) {
          double[][] theta = ascend(problem, ips, l2, new double[][] {{from}}, new Sgd(), 1, 1e-12);
          assertThat(theta[0][0]).isCloseTo(points[k], within(REACHED));
          reached.add(points[k]);
        }
      }
    }
    assertThat(reached).as("local maxima of IPS").hasSizeGreaterThanOrEqualTo(2);
  }

  /** Less than half the way to the next stationary point on either side. */
  private static double gap(double[] points, int k) {
    double gap = 0.5;
    if (k > 0) {
      gap = Math.min(gap, 0.4 * (points[k] - points[k - 1]));
    }
    if (k + 1 < points.length) {
      gap = Math.min(gap, 0.4 * (points[k + 1] - points[k]));
    }
    return gap;
  }

  private static double slope(Problem problem, Objective objective, double theta, double l2) {
    return problem.gradient(objective, new double[][] {{theta}})[0][0] - l2 * theta;
  }

  /** Steps until no component of the gradient exceeds a tolerance. */
  private static double[][] ascend(
      Problem problem,
      Objective objective,
      double l2,
      double[][] start,
      Optimizer optimizer,
      double rate,
      double tolerance) {
    int d = start.length;
    int latent = start[0].length;
    double[][] theta = Arrays.stream(start).map(double[]::clone).toArray(double[][]::new);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[][] gradient = Problem.minus(problem.gradient(objective, theta), l2, theta);
      double[] flatTheta = Arrays.stream(theta).flatMapToDouble(Arrays::stream).toArray();
      double[] flat = Arrays.stream(gradient).flatMapToDouble(Arrays::stream).toArray();
      if (Arrays.stream(flat).allMatch(g -> Math.abs(g) <= tolerance)) {
        return theta;
      }
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
