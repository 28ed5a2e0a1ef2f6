package hindcast.training;

import com.fasterxml.jackson.databind.JsonNode;
import hindcast.objective.Ips;
import hindcast.objective.Objective;
import hindcast.testing.Golden;
import hindcast.testing.Problem;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden 05 and b01: values, coefficients and gradients of every objective. */
class ObjectiveGradientGoldenTest {

  static Stream<Golden> gradients() {
    return Golden.cases("05_gradients");
  }

  static Stream<Golden> baselines() {
    return Golden.cases("b01_objectives");
  }

  @ParameterizedTest
  @MethodSource("gradients")
  void golden05(Golden golden) {
    golden.required();
    double[][] theta = golden.matrix("/inputs/theta");
    double[][] q = golden.matrix("/inputs/q_all");
    double[] phi = golden.vector("/inputs/uips_phi");
    double l2 = golden.number("/inputs/l2");
    Problem problem =
        Problem.read(golden, "/inputs", i -> SideInformation.NONE.withRewardModel(b -> q[i][b]));
    for (int k = 0; k < golden.at("/expected").size(); k++) {
      String at = "/expected/" + k;
      String name = golden.at(at + "/objective").asText();
      double value;
      double[][] gradient;
      if (name.equals("UIPS")) {
        // phi is given: IPS with every event multiplied by a constant
        double[] c = problem.coefficients(new Ips(), theta);
        value = 0;
        for (int i = 0; i < c.length; i++) {
          c[i] *= phi[i];
          value += c[i];
        }
        gradient = problem.gradient(new Ips(), theta, c);
      } else {
        Objective objective = Objective.of(name, parameters(golden.at(at + "/params")));
        value = problem.value(objective, theta);
        gradient = problem.gradient(objective, theta);
      }
      golden.exercised(at + "/objective");
      golden.exercised(at + "/params");
      check(golden, at, "value", "gradient", "value_l2", "gradient_l2", l2, value, gradient, theta);
    }
    golden.check("/pi_logged", probabilities(problem, theta));
    golden.assertExercised();
  }

  @ParameterizedTest
  @MethodSource("baselines")
  void goldenB01(Golden golden) {
    golden.required();
    double[][] theta = golden.matrix("/inputs/theta");
    double[][] q = golden.matrix("/inputs/q_all");
    double[][] rows = golden.matrix("/inputs/pi0_rows");
    double[][] table = golden.matrix("/inputs/p_e_given_a");
    double[][] selected = golden.matrix("/inputs/poxm_selected");
    int[] embedding = golden.integers("/inputs/embedding");
    int[] state = golden.integers("/inputs/dice_state");
    int[] clusters = golden.integers("/inputs/cluster");
    for (int k = 0; k < golden.at("/expected/results").size(); k++) {
      String at = "/expected/results/" + k;
      String name = golden.at(at + "/objective").asText();
      JsonNode given = golden.at(at + "/params");
      Map<String, Double> parameters = parameters(given);
      if (name.startsWith("MINVAR") || name.startsWith("STABLEVAR")) {
        if (!name.endsWith("_CTX")) {
          parameters.put("wfloor", 0.0);
        }
      }
      Problem problem =
          Problem.read(
              golden,
              "/inputs",
              i ->
                  SideInformation.NONE
                      .withRewardModel(
                          given.has("q_item")
                              ? b -> given.get("q_item").get(b).asDouble()
                              : b -> q[i][b])
                      .withLoggingRow(rows[i])
                      .withClusters(clusters, Double.NaN)
                      .withSelection(indexes(selected[i]), Double.NaN)
                      .withEmbedding(embedding[i], table)
                      .withState(state[i]));
      Objective objective = Objective.of(name, parameters);
      golden.exercised(at + "/objective");
      golden.exercised(at + "/params");
      golden.check(at + "/coef", problem.coefficients(objective, theta));
      check(
          golden,
          at,
          "value",
          "grad",
          "value_l2_0p01",
          "grad_l2_0p01",
          0.01,
          problem.value(objective, theta),
          problem.gradient(objective, theta),
          theta);
    }
    golden.assertExercised();
  }

  private static void check(
      Golden golden,
      String at,
      String value,
      String gradient,
      String valueL2,
      String gradientL2,
      double l2,
      double gotValue,
      double[][] gotGradient,
      double[][] theta) {
    golden.check(at + "/" + value, gotValue);
    golden.check(at + "/" + gradient, gotGradient);
    golden.check(at + "/" + valueL2, gotValue - l2 / 2 * Problem.squaredNorm(theta));
    golden.check(at + "/" + gradientL2, Problem.minus(gotGradient, l2, theta));
  }

  private static double[] probabilities(Problem problem, double[][] theta) {
    var batch = problem.score(Objective.of("SNIPS", Map.of()), theta);
    double[] pi = new double[batch.size()];
    for (int i = 0; i < pi.length; i++) {
      pi[i] = batch.probability(i);
    }
    return pi;
  }

  private static int[] indexes(double[] members) {
    return java.util.stream.IntStream.range(0, members.length)
        .filter(b -> members[b] != 0)
        .toArray();
  }

  private static Map<String, Double> parameters(JsonNode node) {
    Map<String, Double> parameters = new TreeMap<>();
    node.properties().stream()
        .filter(e -> e.getValue().isNumber())
        .forEach(e -> parameters.put(e.getKey(), e.getValue().asDouble()));
    return parameters;
  }
}
