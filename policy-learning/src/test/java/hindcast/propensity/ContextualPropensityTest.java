package hindcast.propensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.testing.States;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContextualPropensityTest {
  private static final int D = 3;

  private static ContextualPropensity of(PropensityMethod model, int actions, double halfLife) {
    return new ContextualPropensity(model, D, actions, 0.1, halfLife);
  }

  private static double[] context(SplittableRandom random) {
    return random.doubles(D, -2, 2).toArray();
  }

  @ParameterizedTest
  @EnumSource(names = {"SOFTMAX", "TWO_TOWER"})
  void continuesBitForBitWithMoreItemsThanExpected(PropensityMethod model) {
    SplittableRandom random = new SplittableRandom(3);
    ContextualPropensity whole = of(model, 2, 50);
    ContextualPropensity half = of(model, 2, 50);
    for (int k = 0; k < 60; k++) {
      if (k == 30) {
        half = States.read(States.bytes(half::write), ContextualPropensity::read);
      }
      double[] x = context(random);
      String item = "a" + random.nextInt(5);
      whole.advance(k);
      half.advance(k);
      assertThat(half.predict(item, x)).isEqualTo(whole.predict(item, x));
      whole.update(item, x);
      half.update(item, x);
    }
    assertThat(whole.items()).isEqualTo(5);
    assertThat(States.bytes(half::write)).isEqualTo(States.bytes(whole::write));
  }

  @ParameterizedTest
  @EnumSource(names = {"SOFTMAX", "TWO_TOWER"})
  void findsALoggingPolicyThatDependsOnTheContext(PropensityMethod model) {
    Random random = new Random(5);
    ContextualPropensity estimate = of(model, 2, Double.POSITIVE_INFINITY);
    double before = estimate.predict("right", new double[] {1, 0, 1}).uncertainty();
    for (int k = 0; k < 4_000; k++) {
      double[] x = {random.nextBoolean() ? 1 : -1, 0, 1};
      boolean right = random.nextDouble() < (x[0] > 0 ? 0.9 : 0.3);
      estimate.update(right ? "right" : "left", x);
    }
    Propensity often = estimate.predict("right", new double[] {1, 0, 1});
    Propensity seldom = estimate.predict("right", new double[] {-1, 0, 1});
    assertThat(often.value()).isCloseTo(0.9, within(0.1));
    assertThat(seldom.value()).isCloseTo(0.3, within(0.1));
    assertThat(often.uncertainty()).isLessThan(before / 5);
  }

  @ParameterizedTest
  @EnumSource(names = {"SOFTMAX", "TWO_TOWER"})
  void uncertaintyGrowsWithTime(PropensityMethod model) {
    ContextualPropensity estimate = of(model, 2, 10);
    double[] x = {1, 2, 0};
    estimate.advance(0);
    for (int k = 0; k < 100; k++) {
      estimate.update("a", x);
    }
    double then = estimate.predict("a", x).uncertainty();
    estimate.advance(40);
    assertThat(estimate.predict("a", x).uncertainty()).isGreaterThan(1.5 * then);
  }

  @Test
  void aContextOfAnotherDimensionSaysNothing() {
    ContextualPropensity estimate = of(PropensityMethod.SOFTMAX, 4, Double.POSITIVE_INFINITY);
    double[] other = {1, 2};
    estimate.update("a", other);
    assertThat(estimate.items()).isZero();
    assertThat(estimate.predict("a", other))
        .isEqualTo(new Propensity(0.25, Math.log(4), Propensity.Source.ESTIMATED));
  }

  @Test
  void refusesWhatItCannotHold() {
    assertThatThrownBy(() -> of(PropensityMethod.SOFTMAX, 10_000_000, Double.POSITIVE_INFINITY))
        .hasMessageContaining("at most 16777216 numbers: 210000000 for 10000000 actions");
    assertThatThrownBy(() -> of(PropensityMethod.DIRICHLET, 2, 1))
        .hasMessage("model must be SOFTMAX or TWO_TOWER: DIRICHLET");
    assertThatThrownBy(() -> of(PropensityMethod.SOFTMAX, 2, 0))
        .hasMessage("half-life must be above 0: 0.0");
  }

  @Test
  void monteCarloPropensitiesAreAsSureAsTheirDraws() {
    Propensity counted = Propensity.monteCarlo(0.2, 10_000);
    assertThat(counted.source()).isEqualTo(Propensity.Source.MONTE_CARLO);
    assertThat(counted.uncertainty()).isCloseTo(Math.sqrt(0.8 / 2_000), within(1e-5));
    assertThat(Propensity.monteCarlo(1, 5).uncertainty()).isZero();
    assertThatThrownBy(() -> Propensity.monteCarlo(0.5, 0))
        .hasMessage("Monte Carlo draws must be at least 1: 0");
    assertThatThrownBy(() -> Propensity.monteCarlo(1.5, 3)).hasMessageContaining("(0, 1]");
  }
}
