package hindcast.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.criterion.AbTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PromotionEvidenceTest {
  private static final PlannedTest TEST = new PlannedTest(50_000, .5, .02, .05);

  private static GateRule rule(double margin, double success, double support) {
    return new GateRule(
        .05,
        margin,
        new TestPlan(
            TestLength.ofEvents(50_000),
            List.of(TestLength.ofMicros(5_000), TestLength.ofEvents(500_000)),
            TEST),
        success,
        DifferencePrior.FLAT,
        support,
        .05,
        4,
        60_000_000);
  }

  /** Two actions, one rewarded at {@code good} and played at .8 instead of .5. */
  private static PromotionEvidence evidence(GateRule rule, int n, double good) {
    PromotionEvidence evidence = new PromotionEvidence(rule, 1);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < n; i++) {
      boolean first = random.nextBoolean();
      double reward = random.nextDouble() < (first ? good : .3) ? 1 : 0;
      evidence.add(i, i % 3 == 0 ? "de" : "fr", first ? "a" : "b", first ? 1.6 : .4, reward);
    }
    return evidence;
  }

  @Test
  void aBetterPolicyWithSupportIsPromoted() {
    GateDecision decision = evidence(rule(.01, .5, 300), 8_000, .6).decide(9_000, List.of());
    assertThat(decision.missing()).isEmpty();
    assertThat(decision.outcome()).isEqualTo(GateOutcome.PROMOTE);
    assertThat(decision.moreEvents()).isZero();
    assertThat(decision.forecasts())
        .extracting(forecast -> forecast.test().events())
        .containsExactly(50_000.0, 5_000.0, 500_000.0);
    assertThat(decision.interval().contains(.09)).isTrue();
    assertThat(decision.level()).isCloseTo(.3 / Math.PI / Math.PI, within(1e-12));
  }

  @Test
  void aWorsePolicyIsRejectedUnlessTheDataCannotBeBelieved() {
    PromotionEvidence worse = evidence(rule(0, .5, 300), 8_000, .1);
    assertThat(worse.decide(9_000, List.of()).outcome()).isEqualTo(GateOutcome.REJECT);
    GateDecision held = worse.decide(9_000, List.of("MEAN_WEIGHT"));
    assertThat(held.outcome()).isEqualTo(GateOutcome.HOLD);
    assertThat(held.missing()).contains(GateCondition.CRITICAL_FINDINGS);
    assertThat(held.moreEvents()).isInfinite();
  }

  @Test
  void eachConditionHoldsByItself() {
    PromotionEvidence good = evidence(rule(.01, .5, 300), 8_000, .6);
    assertThat(good.decide(8_000 + 60_000_000, List.of()).missing())
        .containsExactly(GateCondition.AGE_OF_DATA);
    assertThat(good.decide(9_000, List.of("X")).missing())
        .containsExactly(GateCondition.CRITICAL_FINDINGS);
    assertThat(evidence(rule(.01, .5, 1e5), 8_000, .6).decide(9_000, List.of()).missing())
        .containsExactly(GateCondition.EFFECTIVE_SAMPLE_SIZE);
    GateRule sure = rule(.01, .999999, 300);
    assertThat(evidence(sure, 8_000, .38).decide(9_000, List.of()).missing())
        .contains(GateCondition.SUCCESS_PROBABILITY);
    PromotionEvidence wrong = new PromotionEvidence(rule(0, 0, 0), 1);
    for (int i = 0; i < 1_000; i++) {
      wrong.add(i, "s", "a", 1.5 + .1 * (i % 2), 1);
    }
    assertThat(wrong.decide(1_000, List.of()).missing())
        .contains(GateCondition.WEIGHT_CHECK, GateCondition.ESTIMATORS_AGREE);
  }

  @Test
  void saysHowManyEventsAreMissingAndWhere() {
    PromotionEvidence few = evidence(rule(.01, 0, 0), 500, .45);
    GateDecision held = few.decide(500, List.of());
    assertThat(held.outcome()).isEqualTo(GateOutcome.HOLD);
    assertThat(held.missing()).containsExactly(GateCondition.LOWER_BOUND);
    double needed = 500 + held.moreEvents();
    assertThat(evidence(rule(.01, 0, 0), (int) (3 * needed), .45).decide(500, List.of()).missing())
        .isEmpty();
    assertThat(held.items()).extracting(SupportGap::name).containsExactly("a");
    SupportGap item = held.items().get(0);
    assertThat(item.played()).isCloseTo(.8, within(.1));
    assertThat(item.logged()).isCloseTo(.5, within(.1));
  }

  @Test
  void nothingIsKnownWithoutOutcomes() {
    GateDecision nothing = new PromotionEvidence(rule(0, 0, 0), 2).decide(0, List.of());
    assertThat(nothing.outcome()).isEqualTo(GateOutcome.HOLD);
    assertThat(nothing.forecasts()).isEmpty();
    assertThat(nothing.moreEvents()).isInfinite();
    assertThat(nothing.spent()).isCloseTo(.05 * 6 / Math.PI / Math.PI * 1.25, within(1e-12));
  }

  @Test
  void goesOnAfterWriteAndRead() throws IOException {
    GateRule rule = rule(.01, .5, 300);
    PromotionEvidence whole = evidence(rule, 2_000, .6);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    whole.write(new DataOutputStream(bytes));
    PromotionEvidence restored = new PromotionEvidence(rule, 1);
    restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    whole.add(5_000, "de", "a", 1.6, 1);
    restored.add(5_000, "de", "a", 1.6, 1);
    assertThat(restored.decide(6_000, List.of())).isEqualTo(whole.decide(6_000, List.of()));
  }

  @Test
  void forecastsMergeAndGrowWithTheHorizon() {
    TestEvidence whole = new TestEvidence();
    TestEvidence left = new TestEvidence();
    TestEvidence right = new TestEvidence();
    SplittableRandom random = new SplittableRandom(3);
    AbTest reference = new AbTest();
    for (int i = 0; i < 1_000; i++) {
      double w = random.nextBoolean() ? 1.6 : .4;
      double r = random.nextDouble() < .3 + .1 * w ? 1 : 0;
      whole.add(w, r);
      (i % 2 == 0 ? left : right).add(w, r);
      reference.add(w, r);
    }
    left.merge(right);
    TestForecast one = whole.forecast(TEST, DifferencePrior.FLAT).orElseThrow();
    TestForecast merged = left.forecast(TEST, DifferencePrior.FLAT).orElseThrow();
    assertThat(merged.successProbability()).isCloseTo(one.successProbability(), within(1e-12));
    assertThat(one.probabilityAbove())
        .isCloseTo(reference.probabilityOfUpliftAtFixedCount(999, .02).orElseThrow(), within(1e-9));
    List<TestForecast> horizons =
        Stream.of(1_000.0, 10_000.0, 1e6)
            .map(n -> whole.forecast(TEST.withEvents(n), DifferencePrior.FLAT).orElseThrow())
            .toList();
    assertThat(horizons).extracting(TestForecast::successProbability).isSorted();
    assertThat(horizons)
        .extracting(TestForecast::estimationRisk)
        .containsOnly(one.estimationRisk());
    assertThat(whole.forecast(TEST, new DifferencePrior(0, 1e-9)).orElseThrow().excess())
        .isCloseTo(-.02 * whole.loggingValue(), within(.01));
  }

  @Test
  void anUpliftIsRelativeToTheUsersZero() {
    TestEvidence evidence = new TestEvidence();
    for (int i = 0; i < 100; i++) {
      evidence.add(i % 2 == 0 ? 1.5 : .5, i % 4 == 0 ? 1 : .5);
    }
    double atZero = evidence.forecast(TEST, DifferencePrior.FLAT).orElseThrow().excess();
    PlannedTest shifted = new PlannedTest(50_000, .5, .02, .05, -1);
    assertThat(evidence.forecast(shifted, DifferencePrior.FLAT).orElseThrow().excess())
        .isCloseTo(atZero - .02, within(1e-12));
  }

  @Test
  void refusesWhatIsInvalid() {
    assertThatThrownBy(() -> new TestLength(1, 1)).hasMessageContaining("one of them: 1.0 events");
    assertThatThrownBy(() -> rule(-.1, 0, 0))
        .hasMessageContaining("margin must be in [0, 1): -0.1");
    assertThatThrownBy(() -> rule(0, 1, 0)).hasMessageContaining("probability of success");
    assertThatThrownBy(() -> new PlannedTest(1, .5, 0, .05)).hasMessageContaining("[2, 1e15]: 1.0");
    assertThatThrownBy(() -> new PlannedTest(10, 1, 0, .05)).hasMessageContaining("(0, 1): 1.0");
    assertThatThrownBy(() -> new PlannedTest(10, .5, 0, .6)).hasMessageContaining("(0, 0.5]: 0.6");
    assertThatThrownBy(() -> new DifferencePrior(0, 0)).hasMessageContaining("above 0: 0.0");
    assertThatThrownBy(() -> new TestEvidence().add(-1, 0)).hasMessageContaining("weight must be");
    assertThatThrownBy(() -> new TestEvidence().add(1, 2)).hasMessageContaining("reward must be");
  }
}
