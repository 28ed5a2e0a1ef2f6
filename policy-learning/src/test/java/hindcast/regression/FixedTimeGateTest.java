package hindcast.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.estimator.EstimatorMethod;
import hindcast.estimator.EstimatorSpec;
import hindcast.estimator.ScoredFeedback;
import hindcast.regression.PromotionGate.Rule;
import hindcast.regression.PromotionGate.Verdict;
import hindcast.testing.States;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FixedTimeGateTest {
  private static final Rule RULE = new Rule(0.05, 0.01, 0.05, 4);

  private static FixedTimeGate gate(String estimator) {
    return new FixedTimeGate(RULE, EstimatorSpec.parse(estimator));
  }

  /** n events, every second one rewarded. */
  private static FixedTimeGate after(int n, double piOfGood, double piOfBad) {
    FixedTimeGate gate = gate("IPS");
    feed(gate, 0, n, piOfGood, piOfBad);
    return gate;
  }

  private static void feed(FixedTimeGate gate, int from, int to, double good, double bad) {
    for (int k = from; k < to; k++) {
      double reward = k % 2 == 0 ? 1 : 0;
      gate.add(
          ScoredFeedback.of(reward == 1 ? good : bad, 0.5, reward),
          ScoredFeedback.of(0.5, 0.5, reward));
    }
  }

  @Test
  void verdicts() {
    assertThat(after(2000, 0.75, 0.25).verdict()).isEqualTo(Verdict.PROMOTE);
    assertThat(after(2000, 0.25, 0.75).verdict()).isEqualTo(Verdict.WORSE);
    assertThat(after(2000, 0.5, 0.5).verdict()).isEqualTo(Verdict.WAIT);
    assertThat(after(2000, 1, 1).verdict()).isEqualTo(Verdict.UNRELIABLE);
    assertThat(after(500, 0.75, 0.25).verdict()).as("too little support").isEqualTo(Verdict.WAIT);
    assertThat(gate("DR").verdict()).isEqualTo(Verdict.WAIT);
  }

  @ParameterizedTest
  @EnumSource(EstimatorMethod.class)
  void onlyWhatMayGateIsAccepted(EstimatorMethod method) {
    switch (method) {
      case IPS, DR -> assertThat(gate(method.example()).verdict()).isEqualTo(Verdict.WAIT);
      case SNIPS ->
          assertThatThrownBy(() -> gate("SNIPS")).hasMessageContaining("not a mean over events");
      default ->
          assertThatThrownBy(() -> gate(method.example()))
              .hasMessageContaining("a gate may not rest on " + method)
              .hasMessageContaining(method.usage().name());
    }
  }

  @Test
  void mergesAndContinues() {
    FixedTimeGate left = after(1000, 0.75, 0.25);
    FixedTimeGate restored = gate("IPS");
    States.restore(left::write, restored::read);
    feed(restored, 1000, 2000, 0.75, 0.25);
    FixedTimeGate whole = after(2000, 0.75, 0.25);
    assertThat(States.bytes(restored::write)).isEqualTo(States.bytes(whole::write));
    left.merge(after(1000, 0.75, 0.25));
    assertThat(left.verdict()).isEqualTo(Verdict.PROMOTE);
  }
}
