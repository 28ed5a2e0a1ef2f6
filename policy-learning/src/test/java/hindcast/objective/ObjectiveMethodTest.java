package hindcast.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjectiveMethodTest {

  @ParameterizedTest
  @EnumSource(ObjectiveMethod.class)
  void nameParametersAndDescriptionGoRoundTrip(ObjectiveMethod method) {
    Objective objective = method.defaults();
    assertThat(objective.name()).isEqualTo(method.name());
    assertThat(Objective.of(objective.name(), objective.parameters())).isEqualTo(objective);
    assertThat(Objective.of(method.name().toLowerCase(Locale.ROOT), Map.of())).isEqualTo(objective);
    assertThat(method.formula()).isNotBlank();
    assertThat(method.source()).isNotBlank();
    assertThatThrownBy(() -> method.create(Map.of("nonsense", 1.0)))
        .hasMessageContaining("nonsense");
  }

  @ParameterizedTest
  @EnumSource(ObjectiveMethod.class)
  void weightsOfZeroAndEqualRewardsGiveNumbers(ObjectiveMethod method) {
    for (double reward : new double[] {0, 1}) {
      for (int n : new int[] {1, 3}) {
        assertFinite(method, reward, 0, n);
        assertFinite(method, reward, -1e6, n);
        if (!takesLogarithm(method)) {
          assertFinite(method, reward, Double.NEGATIVE_INFINITY, n);
        }
      }
    }
  }

  private static void assertFinite(
      ObjectiveMethod method, double reward, double logProbability, int n) {
    ScoredMinibatch batch = new ScoredMinibatch(n);
    for (int i = 0; i < n; i++) {
      batch.set(i, reward, 0.25, logProbability);
    }
    double[] c = new double[n];
    method.defaults().coefficients(batch, c);
    for (double value : c) {
      assertThat(value).isFinite();
    }
    assertThat(method.defaults().value(batch)).isFinite();
  }

  /** Their value is minus infinity where a logged item can't be shown at all. */
  private static boolean takesLogarithm(ObjectiveMethod method) {
    return method == ObjectiveMethod.LPI
        || method == ObjectiveMethod.CLPI
        || method == ObjectiveMethod.REGKL;
  }

  @Test
  void namesAndRangesAreChecked() {
    assertThat(Objective.of("ce", Map.of())).isEqualTo(new Lpi());
    assertThatThrownBy(() -> Objective.of("best", Map.of()))
        .hasMessageStartingWith("objective must be one of IPS, ")
        .hasMessageEndingWith(": best");
    assertThatThrownBy(() -> Objective.of("CLPI", Map.of("tau", 1.5)))
        .hasMessage("CLPI needs tau in [0, 1]: 1.5");
    assertThatThrownBy(() -> Objective.of("TOPK", Map.of("K", 0.5)))
        .hasMessage("TOPK needs K whole, above 0: 0.5");
    assertThatThrownBy(() -> Objective.of("LS", Map.of("lam", Double.NaN)))
        .hasMessage("LS needs lam a number: NaN");
  }
}
