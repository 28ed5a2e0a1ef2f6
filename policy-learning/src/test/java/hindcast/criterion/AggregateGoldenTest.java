package hindcast.criterion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hindcast.objective.Aggregate;
import hindcast.objective.Objective;
import hindcast.testing.Golden;
import hindcast.testing.Problem;
import hindcast.training.SideInformation;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden 09: criteria, their derivatives, and batch gradients. */
class AggregateGoldenTest {
  /** log_quad and its quadrature rule, computed here: 1e-8. */
  private static final double NODES_OF_OUR_OWN = 1e-8;

  static Stream<Golden> blocks() {
    return Golden.blocks("09_aggregate");
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void criteria(Golden golden) {
    golden.required();
    switch (golden.name()) {
      case "gauss_hermite" -> quadrature(golden);
      case "closed_forms" -> closedForms(golden);
      case "batch" -> batches(golden);
      default -> throw new AssertionError("not exercised: " + golden.name());
    }
    golden.assertExercised();
  }

  private static void quadrature(Golden golden) {
    double[] nodes = FlooredLog.nodes();
    double[] weights = FlooredLog.weights();
    assertThat(nodes).hasSize(golden.at("/nodes").size());
    assertThat(weights).hasSize(golden.at("/weights").size());
    for (int j = 0; j < nodes.length; j++) {
      golden.check("/nodes/" + j, nodes[j], NODES_OF_OUR_OWN);
      golden.check("/weights/" + j, weights[j], NODES_OF_OUR_OWN);
    }
  }

  private static void closedForms(Golden golden) {
    for (int k = 0; k < golden.at("").size(); k++) {
      String at = "/" + k;
      String name = golden.at(at + "/criterion").asText();
      Aggregate objective = aggregate(name, golden.at(at + "/params"), Map.of());
      double mu = golden.number(at + "/mu");
      double sigma2 = golden.number(at + "/sigma2");
      Derivatives got = objective.criterion().at(mu, sigma2);
      double within = name.equals("log_quad") ? NODES_OF_OUR_OWN : 0;
      golden.check(at + "/G", got.value(), within);
      golden.check(at + "/dG_dmu", got.mean(), within);
      golden.check(at + "/dG_dsigma2", got.variance(), within);
      for (String input : new String[] {"criterion", "params", "mu", "sigma2"}) {
        golden.exercised(at + "/" + input);
      }
    }
  }

  private static void batches(Golden golden) {
    double[][] theta = golden.matrix("/inputs/theta");
    Problem problem = Problem.read(golden, "/inputs", i -> SideInformation.NONE);
    for (int k = 0; k < golden.at("/cases").size(); k++) {
      String at = "/cases/" + k;
      String count = golden.at(at + "/count").asText();
      assertThat(count).isIn("poisson", "fixed");
      Objective objective =
          aggregate(
              golden.at(at + "/criterion").asText(),
              golden.at(at + "/params"),
              Map.of(
                  "N", golden.number(at + "/N"),
                  "cbase", golden.number(at + "/cbase"),
                  "fixed", count.equals("fixed") ? 1.0 : 0.0));
      golden.check(at + "/value", problem.value(objective, theta));
      golden.check(at + "/gradient", problem.gradient(objective, theta));
      for (String input : new String[] {"criterion", "params", "count", "cbase", "N"}) {
        golden.exercised(at + "/" + input);
      }
    }
  }

  private static Aggregate aggregate(String name, JsonNode params, Map<String, Double> more) {
    Map<String, Double> parameters = new TreeMap<>(more);
    params.properties().forEach(e -> parameters.put(e.getKey(), e.getValue().asDouble()));
    return (Aggregate) Objective.of("AGG_" + name.toUpperCase(Locale.ROOT), parameters);
  }
}
