package hindcast.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.feedback.JoinDecision.ReleasedReward;
import hindcast.feedback.RewardFormula.Term;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewardFormulaTest {
  private static final long WINDOW = 100;
  private static final RewardRange RANGE = new RewardRange(0, 10);

  @ParameterizedTest
  @CsvSource({"SUM,.6", "FIRST,.1", "LAST,.2", "MAXIMUM,.3", "MINIMUM,.1", "MEAN,.2"})
  void functionsGoByEventTimeNotByArrival(RewardFunction function, double unit) {
    JoinStream stream = stream(RewardFormula.of(RANGE, function, 5, ""));
    stream.impression("i", 0);
    stream.reward("i", "a", 50, 3);
    stream.reward("i", "c", 80, 2);
    stream.reward("i", "b", 10, 1);
    assertThat(close(stream).reward()).isEqualTo(unit);
  }

  @ParameterizedTest
  @CsvSource({"FIRST,.3", "LAST,.1"})
  void equalTimesGoById(RewardFunction function, double unit) {
    JoinStream stream = stream(RewardFormula.of(RANGE, function, 0, ""));
    stream.impression("i", 0);
    stream.reward("i", "z", 50, 1);
    stream.reward("i", "a", 50, 3);
    assertThat(close(stream).reward()).isEqualTo(unit);
  }

  @Test
  void withoutRewardsTheDefaultCounts() {
    JoinStream stream = stream(RewardFormula.of(RANGE, RewardFunction.LAST, 5, ""));
    stream.impression("i", 0);
    assertThat(close(stream)).isEqualTo(new JoinDecision.Outcome(0, .5, 0, true));
  }

  @Test
  void theResultIsClipped() {
    JoinStream stream = stream(RewardFormula.sum(RANGE));
    stream.impression("i", 0);
    stream.reward("i", "a", 1, 9);
    stream.reward("i", "b", 1, 9);
    assertThat(close(stream).reward()).isEqualTo(1);
  }

  @Test
  void kindsAddUpWithTheirWeights() {
    RewardFormula formula =
        new RewardFormula(
            RANGE,
            List.of(
                new Term("click", RewardFunction.MAXIMUM, 1, 0),
                new Term("buy", RewardFunction.SUM, .1, 0),
                new Term("rating", RewardFunction.LAST, 1, 2)),
            "");
    assertThat(formula.accepts("buy")).isTrue();
    assertThat(formula.accepts("")).isFalse();
    JoinStream stream = stream(formula);
    stream.impression("i", 0);
    stream.reward("i", "a", "click", 1, 1);
    stream.reward("i", "b", "click", 2, 1);
    stream.reward("i", "c", "buy", 3, 12);
    stream.reward("i", "d", "buy", 4, 8);
    assertThat(close(stream)).isEqualTo(new JoinDecision.Outcome(0, .5, 4, true));
  }

  @Test
  void anImpressionThatNothingActivatesIsNoOutcomeAndRefusesItsRewards() {
    JoinStream stream = stream(RewardFormula.of(RANGE, RewardFunction.SUM, 0, "shown"));
    stream.impression("i", 0);
    assertThat(stream.reward("i", "a", 1, 9).fate()).isEqualTo(JoinDecision.Fate.HELD);
    stream.advance(WINDOW);
    assertThat(stream.outcomes().get("i").activated()).isFalse();
    assertThat(stream.heldImpressions()).isEqualTo(1);
    assertThat(stream.advance(WINDOW + 50))
        .singleElement()
        .satisfies(
            decision -> {
              assertThat(decision.rejection()).isEqualTo(Rejection.NOT_ACTIVATED);
              assertThat(decision.released())
                  .containsExactly(new ReleasedReward("a", Rejection.NOT_ACTIVATED));
            });
    assertThat(stream.impressionsRejected()).isEqualTo(1);
    assertThat(stream.heldImpressions()).isZero();
    assertThat(stream.reward("i", "s", "shown", 1, 0).rejection())
        .isEqualTo(Rejection.NOT_ACTIVATED);
    assertThat(stream.reward("i", "a", 1, 9).fate()).isEqualTo(JoinDecision.Fate.DUPLICATE);
    assertThat(stream.emissions()).isEmpty();
    stream.assertConserved();
  }

  @Test
  void anActivationInTimeLetsRewardsJoin() {
    JoinStream stream = stream(RewardFormula.of(RANGE, RewardFunction.SUM, 0, "shown"));
    stream.reward("i", "a", 2, 2);
    stream.impression("i", 0);
    assertThat(stream.heldRewards()).isEqualTo(1);
    assertThat(stream.reward("i", "s", "shown", 1, 99).released())
        .containsExactly(new ReleasedReward("a", null));
    assertThat(close(stream)).isEqualTo(new JoinDecision.Outcome(0, .2, 1, true));
    assertThat(stream.reward("i", "s2", "shown", 1, 0).rejection()).isEqualTo(Rejection.LATE);
    assertThat(stream.reward("i", "b", 3, 1).correction())
        .isEqualTo(new JoinDecision.Correction(0, 1, .3, .2, 2));
    stream.assertConserved();
  }

  @Test
  void aLateActivationMakesTheOutcomeCountWithItsRewards() {
    JoinStream stream = stream(RewardFormula.of(RANGE, RewardFunction.SUM, 0, "shown"));
    stream.impression("i", 0);
    stream.reward("i", "a", 2, 2);
    assertThat(close(stream).activated()).isFalse();
    assertThat(stream.reward("i", "b", 3, 1).fate()).isEqualTo(JoinDecision.Fate.HELD);
    stream.advance(WINDOW + 49);
    JoinDecision late = stream.reward("i", "s", "shown", 99, 0);
    assertThat(late.correction()).isEqualTo(new JoinDecision.Correction(0, 1, .3, null, 2));
    assertThat(late.released())
        .containsExactly(new ReleasedReward("a", null), new ReleasedReward("b", null));
    assertThat(stream.reward("i", "c", 4, 3).correction())
        .isEqualTo(new JoinDecision.Correction(0, 2, .6, .3, 3));
    stream.advance(WINDOW + 50);
    assertThat(stream.emissions()).containsExactly(Map.entry("i", 1));
    assertThat(stream.impressionsRejected()).isZero();
    stream.assertConserved();
  }

  @Test
  void withoutAHorizonTheCloseDecides() {
    JoinStream stream =
        new JoinStream(
            new ImpressionJoin(
                WINDOW, WINDOW, 0, RewardFormula.of(RANGE, RewardFunction.SUM, 0, "shown")));
    stream.impression("i", 0);
    stream.reward("i", "a", 2, 2);
    stream.advance(WINDOW);
    assertThat(stream.outcomes()).isEmpty();
    assertThat(stream.impressionsRejected()).isEqualTo(1);
    assertThat(stream.heldRewards()).isZero();
    stream.assertConserved();
  }

  @Test
  void aLateRewardCorrectsUpToTheHorizon() {
    JoinStream stream = stream(RewardFormula.sum(RANGE));
    stream.impression("i", 0);
    stream.reward("i", "a", 1, 1);
    stream.advance(WINDOW);
    assertThat(stream.reward("i", "a", 1, 7).fate()).isEqualTo(JoinDecision.Fate.DUPLICATE);
    assertThat(stream.reward("i", "b", WINDOW, 1).rejection()).isEqualTo(Rejection.AFTER_WINDOW);
    stream.advance(WINDOW + 49);
    assertThat(stream.reward("i", "c", 99, 2).correction())
        .isEqualTo(new JoinDecision.Correction(0, 1, .3, .1, 2));
    assertThat(stream.reward("i", "d", 9, 3).correction())
        .isEqualTo(new JoinDecision.Correction(0, 2, .6, .3, 3));
    stream.advance(WINDOW + 50);
    assertThat(stream.reward("i", "e", 99, 1).rejection()).isEqualTo(Rejection.LATE);
    stream.assertConserved();
    assertThat(stream.corrections()).isEqualTo(2);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    Term click = new Term("click", RewardFunction.SUM, 1, 0);
    assertThatThrownBy(() -> new RewardFormula(RANGE, List.of(), ""))
        .hasMessageContaining("at least one term");
    assertThatThrownBy(() -> new RewardFormula(RANGE, List.of(click, click), ""))
        .hasMessageContaining("distinct");
    assertThatThrownBy(() -> new RewardFormula(RANGE, List.of(click), "click"))
        .hasMessageContaining("click");
    assertThatThrownBy(() -> new Term("click", RewardFunction.SUM, Double.NaN, 0))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new ImpressionJoin(1, 0, -1, RewardFormula.sum(RANGE)))
        .hasMessageContaining("horizon");
  }

  private static JoinStream stream(RewardFormula formula) {
    return new JoinStream(new ImpressionJoin(WINDOW, WINDOW, 50, formula));
  }

  private static JoinDecision.Outcome close(JoinStream stream) {
    stream.advance(WINDOW);
    stream.assertConserved();
    return stream.outcomes().get("i");
  }
}
