package hindcast.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.numeric.Moments;
import hindcast.regression.PromotionGate;
import hindcast.regression.PromotionGate.Verdict;
import hindcast.regression.RegressionDetector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalBadInputTest {
  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void wrongObservationsAreRefused(double x) {
    assertThatThrownBy(() -> new MixtureSequence(0.05).add(x)).hasMessageContaining("" + x);
    assertThatThrownBy(() -> new PlugInSequence(0.05).add(x)).hasMessageContaining("" + x);
    assertThatThrownBy(() -> new BettingTest(0.5, 0.05).add(x)).hasMessageContaining("" + x);
    assertThatThrownBy(() -> new ChangeDetector(0.5, 0.05).add(x)).hasMessageContaining("" + x);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void wrongLevelsAreRefused(double alpha) {
    assertThatThrownBy(() -> new MixtureSequence(alpha)).hasMessageContaining("(0, 1)");
    assertThatThrownBy(() -> new PlugInSequence(alpha)).hasMessageContaining("(0, 1)");
    assertThatThrownBy(() -> new BettingTest(0.5, alpha)).hasMessageContaining("(0, 1)");
    assertThatThrownBy(() -> new LogarithmicSmoothingBound(1, alpha))
        .hasMessageContaining("(0, 1)");
    assertThatThrownBy(() -> new RegressionDetector(0, alpha)).hasMessageContaining("(0, 1)");
    assertThatThrownBy(() -> NormalInterval.of(0, 1, alpha)).hasMessageContaining("(0, 1)");
    assertThatThrownBy(() -> EmpiricalBernstein.halfWidth(1, 9, 1, alpha))
        .hasMessageContaining("(0, 1)");
  }

  @Test
  void extremeObservationsGiveNumbers() {
    for (double x : new double[] {0, Double.MIN_VALUE, 1e-80, 1, 1e10, 1e80, 1e100}) {
      MixtureSequence mixture = new MixtureSequence(0.025);
      PlugInSequence plugIn = new PlugInSequence(0.025);
      BettingTest test = new BettingTest(0.5, 0.05);
      for (int k = 0; k < 20; k++) {
        mixture.add(x);
        plugIn.add(k % 2 == 0 ? x : 0);
        test.add(x);
      }
      mixture.add(0);
      assertThat(mixture.lower()).isBetween(0.0, 1.0);
      assertThat(plugIn.lower()).isFinite().isNotNegative();
      assertThat(test.logE()).isFinite();
    }
  }

  @Test
  void nothingSeenSaysNothing() {
    assertThat(new ValueSequence(0.05).interval()).isEqualTo(new Interval(0, 1));
    assertThat(new DifferenceSequence(0.05).interval()).isEqualTo(new Interval(-1, 1));
    assertThat(new LogarithmicSmoothingBound(0.1, 0.05).lower())
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(new ImplicitExplorationBound(0.1, 0.05).upper()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(new PromotionGate(new PromotionGate.Rule(0.05, 0, 0, 4)).verdict())
        .isEqualTo(Verdict.WAIT);
  }

  @Test
  void brokenWeightsGiveAPointNotAnError() {
    ValueSequence sequence = new ValueSequence(0.05);
    for (int k = 0; k < 2000; k++) {
      sequence.add(4, k % 2);
    }
    assertThat(sequence.interval().width()).isZero();
  }

  @Test
  void gateVerdicts() {
    assertThat(gate(1.5, 0.5).verdict()).isEqualTo(Verdict.PROMOTE);
    assertThat(gate(0.5, 1.5).verdict()).isEqualTo(Verdict.WORSE);
    assertThat(gate(1, 1).verdict()).isEqualTo(Verdict.WAIT);
    assertThat(gate(4, 4).verdict()).isEqualTo(Verdict.UNRELIABLE);
  }

  private static PromotionGate gate(double weightOfGood, double weightOfBad) {
    PromotionGate gate = new PromotionGate(new PromotionGate.Rule(0.05, 0.01, 0.05, 4));
    for (int k = 0; k < 2000; k++) {
      gate.add(k % 2 == 0 ? weightOfGood : weightOfBad, k % 2 == 0 ? 1 : 0);
    }
    return gate;
  }

  @Test
  void normalIntervalAtLevels() {
    assertThat(NormalInterval.of(1, 2).lower()).isEqualTo(1 - 2 * 1.959963984540054);
    assertThat(NormalInterval.of(1, 2, 0.95).upper())
        .isCloseTo(NormalInterval.of(1, 2).upper(), within(1e-14));
    Moments one = new Moments();
    one.add(1);
    assertThatThrownBy(() -> EmpiricalBernstein.of(one, 1, 0.05))
        .hasMessageContaining("at least two");
    assertThatThrownBy(() -> new Interval(1, 0)).hasMessageContaining("lower <= upper");
    assertThatThrownBy(() -> new Interval(Double.NaN, 0)).hasMessageContaining("NaN");
  }

  @Test
  void falseDiscoveries() {
    assertThat(
            FalseDiscovery.benjaminiHochberg(
                new double[] {0.6, 0.012, 0.001, 0.039, 0.042, 0.008}, 0.05))
        .containsExactly(false, true, true, false, false, true);
    assertThat(FalseDiscovery.benjaminiHochberg(new double[] {0.04, 0.045}, 0.05))
        .containsExactly(true, true);
    assertThat(
            FalseDiscovery.eBenjaminiHochberg(
                new double[] {Math.log(81), Math.log(20), Math.log(2), Math.log(41)}, 0.05))
        .containsExactly(true, false, false, true);
    assertThat(FalseDiscovery.benjaminiHochberg(new double[0], 0.05)).isEmpty();
    assertThatThrownBy(() -> FalseDiscovery.benjaminiHochberg(new double[] {2}, 0.05))
        .hasMessageContaining("[0, 1]: 2.0");
    assertThatThrownBy(() -> FalseDiscovery.eBenjaminiHochberg(new double[] {0}, 0))
        .hasMessageContaining("(0, 1): 0.0");
  }
}
