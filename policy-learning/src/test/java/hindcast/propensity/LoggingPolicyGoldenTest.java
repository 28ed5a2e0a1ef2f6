package hindcast.propensity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hindcast.testing.Golden;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden 08: logging-policy estimates, read before each update. */
class LoggingPolicyGoldenTest {
  static Stream<Golden> blocks() {
    return Golden.blocks("08_logging_policy");
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void traceAndFinalState(Golden golden) {
    golden.required();
    switch (golden.name()) {
      case "dirichlet" -> dirichlet(golden);
      case "softmax_regression" -> softmaxRegression(golden);
      default -> throw new AssertionError("not exercised: " + golden.name());
    }
    golden.assertExercised();
  }

  private static void dirichlet(Golden golden) {
    double[] m0 = golden.vector("/inputs/m0");
    DirichletPropensity estimate =
        new DirichletPropensity(
            micros(golden.number("/inputs/half_life")), golden.number("/inputs/prior_strength"));
    JsonNode trace = golden.at("/trace");
    for (int k = 0; k < trace.size(); k++) {
      String at = "/trace/" + k;
      long time = micros(golden.number(at + "/t"));
      int action = golden.at(at + "/action").asInt();
      DirichletPosterior posterior = estimate.posterior("" + action, m0[action], time);
      Propensity propensity = estimate.predict("" + action, m0[action], time);
      golden.exercised(at + "/t");
      golden.exercised(at + "/action");
      golden.check(at + "/pi_hat_before", propensity.value());
      golden.check(at + "/U_log_before", propensity.uncertainty());
      golden.check(at + "/sd_before", posterior.sd());
      golden.check(at + "/U_delta_before", posterior.deltaSd());
      assertThat(propensity.source()).isEqualTo(Propensity.Source.ESTIMATED);
      estimate.update("" + action, time);
    }
    golden.exercised("/final/at");
    long at = micros(golden.number("/final/at"));
    for (int a = 0; a < m0.length; a++) {
      DirichletPosterior posterior = estimate.posterior("" + a, m0[a], at);
      golden.check("/final/counts/" + a, estimate.count("" + a, at));
      golden.check("/final/mean/" + a, posterior.mean());
      golden.check("/final/sd/" + a, posterior.sd());
      golden.check("/final/U_log/" + a, posterior.logSd());
      golden.check("/final/U_delta/" + a, posterior.deltaSd());
      golden.check("/final/credible90/" + a + "/0", posterior.quantile(0.05));
      golden.check("/final/credible90/" + a + "/1", posterior.quantile(0.95));
    }
  }

  private static void softmaxRegression(Golden golden) {
    int actions = golden.at("/inputs/P").asInt();
    SoftmaxPropensity estimate =
        new SoftmaxPropensity(golden.at("/inputs/d").asInt(), actions, golden.number("/inputs/lr"));
    for (int k = 0; k < golden.at("/trace").size(); k++) {
      String at = "/trace/" + k;
      double[] x = golden.vector(at + "/x");
      int action = golden.at(at + "/action").asInt();
      golden.exercised(at + "/x");
      golden.exercised(at + "/action");
      Propensity propensity = estimate.predict(x, action);
      golden.check(at + "/pi_hat_before", propensity.value());
      golden.check(at + "/U_before", propensity.uncertainty());
      estimate.update(x, action);
    }
    golden.check("/final/W", estimate.weights());
    for (int a = 0; a < actions; a++) {
      golden.check("/final/Minv/" + a, estimate.inverseInformation(a));
    }
  }

  private static long micros(double time) {
    return Math.round(time * 1e6);
  }
}
