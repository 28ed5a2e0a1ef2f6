package hindcast.propensity;

import hindcast.testing.Golden;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden b04: the two-tower logging head, before each step and at the end. */
class TwoTowerGoldenTest {
  static Stream<Golden> cases() {
    return Golden.cases("b04_logging_head");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void traceAndFinalState(Golden golden) {
    golden.required();
    double[][] states = golden.matrix("/inputs/h");
    int[] action = golden.integers("/inputs/action");
    TwoTowerPropensity head =
        new TwoTowerPropensity(
            golden.matrix("/inputs/E"),
            golden.vector("/inputs/b"),
            golden.vector("/inputs/omega"),
            golden.number("/inputs/lr"));
    int actions = golden.at("/inputs/b").size();
    for (int k = 0; k < states.length; k++) {
      double[] h = states[k];
      String at = "/expected/trace/" + k;
      golden.check(at + "/probs_before", head.probabilities(h));
      golden.check(
          at + "/U_before",
          IntStream.range(0, actions).mapToDouble(a -> head.uncertainty(h, a)).toArray());
      golden.check(at + "/nll", -Math.log(head.predict(h, action[k]).value()));
      head.update(h, action[k]);
    }
    golden.check("/expected/E", head.items());
    golden.check("/expected/b", head.bias());
    golden.check("/expected/omega", head.omega());
    golden.check("/expected/M", head.information());
    golden.assertExercised();
  }
}
