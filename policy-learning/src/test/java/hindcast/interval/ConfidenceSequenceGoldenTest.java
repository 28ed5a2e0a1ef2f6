package hindcast.interval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hindcast.testing.Golden;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden 04: lower sequences and intervals for the value and the difference. */
class ConfidenceSequenceGoldenTest {
  static Stream<Golden> cases() {
    return Golden.whole("04_confidence_sequences");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sequences(Golden golden) {
    golden.required();
    double[] w = golden.vector("/inputs/w");
    double[] r = golden.vector("/inputs/r");
    double alpha = golden.number("/inputs/alpha");
    ValueSequence value = new ValueSequence(alpha);
    ValueSequence valuePlugIn = new ValueSequence(alpha, PlugInSequence::new);
    DifferenceSequence delta = new DifferenceSequence(alpha);
    DifferenceSequence deltaPlugIn = new DifferenceSequence(alpha, PlugInSequence::new);
    Sides valueSides = new Sides(alpha / 2);
    Sides deltaSides = new Sides(alpha / 2);
    LogarithmicSmoothingBound ls = new LogarithmicSmoothingBound(0.05, 0.05);
    int atValue = 0;
    int atDelta = 0;
    int atLs = 0;
    for (int k = 0; k < w.length; k++) {
      value.add(w[k], r[k]);
      valuePlugIn.add(w[k], r[k]);
      delta.add(w[k], r[k]);
      deltaPlugIn.add(w[k], r[k]);
      ls.add(w[k], r[k]);
      valueSides.add(w[k] * r[k], w[k] * (1 - r[k]));
      deltaSides.add((1 + (w[k] - 1) * r[k]) / 2, (1 + (w[k] - 1) * (1 - r[k])) / 2);
      if (due(golden, "/expected/value", atValue, k + 1)) {
        String at = "/expected/value/" + atValue++;
        valueSides.check(golden, at);
        interval(golden, at + "/value_ci_eb", valuePlugIn.interval());
        interval(golden, at + "/value_ci_mix", value.interval());
      }
      if (due(golden, "/expected/delta", atDelta, k + 1)) {
        String at = "/expected/delta/" + atDelta++;
        deltaSides.check(golden, at);
        interval(golden, at + "/delta_ci_eb", deltaPlugIn.interval());
        interval(golden, at + "/delta_ci_mix", delta.interval());
      }
      if (due(golden, "/expected/ls", atLs, k + 1)) {
        golden.exercised("/expected/ls/" + atLs + "/t");
        golden.check("/expected/ls/" + atLs++ + "/lower", ls.lower());
      }
    }
    golden.exercised("/expected/true_value");
    golden.exercised("/expected/true_delta");
    golden.assertExercised();
  }

  private static boolean due(Golden golden, String path, int index, int t) {
    JsonNode points = golden.at(path);
    return index < points.size() && points.get(index).get("t").asInt() == t;
  }

  private static void interval(Golden golden, String at, Interval interval) {
    golden.check(at, new double[] {interval.lower(), interval.upper()});
  }

  private static final class Sides {
    final PlugInSequence plugInX;
    final PlugInSequence plugInY;
    final MixtureSequence mixtureX;
    final MixtureSequence mixtureY;

    Sides(double alpha) {
      plugInX = new PlugInSequence(alpha);
      plugInY = new PlugInSequence(alpha);
      mixtureX = new MixtureSequence(alpha);
      mixtureY = new MixtureSequence(alpha);
    }

    void add(double x, double y) {
      plugInX.add(x);
      mixtureX.add(x);
      plugInY.add(y);
      mixtureY.add(y);
    }

    void check(Golden golden, String at) {
      assertThat(plugInX.n()).isEqualTo(golden.at(at + "/t").asLong());
      golden.exercised(at + "/t");
      golden.check(at + "/eb_lower_x", plugInX.current());
      golden.check(at + "/eb_lower_y", plugInY.current());
      golden.check(at + "/eb_best_x", plugInX.lower());
      golden.check(at + "/eb_best_y", plugInY.lower());
      golden.check(at + "/mix_lower_x", mixtureX.lower());
      golden.check(at + "/mix_lower_y", mixtureY.lower());
    }
  }
}
