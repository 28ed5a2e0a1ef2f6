package hindcast.criterion;

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

  static Stream<Golden> cases() {
    return Golden.whole("09_aggregate");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void closedForms(Golden golden) {
    golden.required();
    for (int k = 0; k < golden.at("/closed_forms").size(); k++) {
      String at = "/closed_forms/" + k;
      String name = golden.at(at + "/criterion").asText();
      Aggregate objective = aggregate(name, golden.at(at + "/params"), Map.of());
      double mu = golden.number(at + "/mu");
      double sigma2 = golden.number(at + "/sigma2");
      Derivatives got = objective.criterion().at(mu, sigma2);
      double relative = name.equals("log_quad") ? 1e-8 : 1e-9;
      golden.check(at + "/G", got.value(), relative);
      golden.check(at + "/dG_dmu", got.mean(), relative);
      golden.check(at + "/dG_dsigma2", got.variance(), relative);
      for (String input : new String[] {"criterion", "params", "mu", "sigma2"}) {
        golden.exercised(at + "/" + input);
      }
    }
    golden.assertExercised("/closed_forms");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void batches(Golden golden) {
    golden.required();
    double[][] theta = golden.matrix("/batch/inputs/theta");
    Problem problem = Problem.read(golden, "/batch/inputs", i -> SideInformation.NONE);
    for (int k = 0; k < golden.at("/batch/cases").size(); k++) {
      String at = "/batch/cases/" + k;
      Objective objective =
          aggregate(
              golden.at(at + "/criterion").asText(),
              golden.at(at + "/params"),
              Map.of(
                  "N", golden.number(at + "/N"),
                  "cbase", golden.number(at + "/cbase"),
                  "fixed", golden.at(at + "/count").asText().equals("fixed") ? 1.0 : 0.0));
      golden.check(at + "/value", problem.value(objective, theta));
      golden.check(at + "/gradient", problem.gradient(objective, theta));
      for (String input : new String[] {"criterion", "params", "count", "cbase", "N"}) {
        golden.exercised(at + "/" + input);
      }
    }
    golden.assertExercised("/batch/cases");
  }

  private static Aggregate aggregate(String name, JsonNode params, Map<String, Double> more) {
    Map<String, Double> parameters = new TreeMap<>(more);
    params.properties().forEach(e -> parameters.put(e.getKey(), e.getValue().asDouble()));
    return (Aggregate) Objective.of("AGG_" + name.toUpperCase(Locale.ROOT), parameters);
  }
}
