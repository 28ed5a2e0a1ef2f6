package hindcast.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.feedback.JoinDecision.Fate;
import hindcast.feedback.JoinDecision.ReleasedReward;
import org.junit.jupiter.api.Test;

class ImpressionJoinTest {
  private static final long WINDOW = 100;
  private static final long MEMORY = 50;
  private final ImpressionJoin join = new ImpressionJoin(WINDOW, MEMORY, new RewardRange(-1, 3));
  private final JoinState state = new JoinState();

  @Test
  void rewardCountsFromTheImpressionToBeforeTheWindowEnd() {
    assertThat(join.onImpression(state, 1000, 0).fate()).isEqualTo(Fate.HELD);
    assertThat(join.onReward(state, "a", 999, 1, 0).rejection())
        .isEqualTo(Rejection.BEFORE_IMPRESSION);
    assertThat(join.onReward(state, "b", 1000, 1, 0).fate()).isEqualTo(Fate.JOINED);
    assertThat(join.onReward(state, "c", 1099, 1, 0).fate()).isEqualTo(Fate.JOINED);
    assertThat(join.onReward(state, "d", 1100, 1, 0).rejection()).isEqualTo(Rejection.AFTER_WINDOW);
    JoinDecision closed = join.onTime(state, 1100);
    assertThat(closed.outcome()).isEqualTo(new JoinDecision.Outcome(1000, 0.75, 2, true));
  }

  @Test
  void outcomeWaitsForTheWindowEndAndComesOnce() {
    join.onImpression(state, 1000, 0);
    assertThat(join.nextTimer(state)).isEqualTo(1100);
    assertThat(join.onTime(state, 1099).outcome()).isNull();
    assertThat(join.onTime(state, 1100).outcome().reward()).isEqualTo(0.25);
    assertThat(join.onTime(state, 1120).outcome()).isNull();
  }

  @Test
  void tombstoneTellsLateFromDuplicateAndIsForgotten() {
    join.onImpression(state, 1000, 0);
    join.onReward(state, "a", 1000, 1, 0);
    join.onTime(state, 1100);
    assertThat(join.onImpression(state, 1090, 1100).fate()).isEqualTo(Fate.DUPLICATE);
    assertThat(join.onReward(state, "a", 1000, 1, 1100).fate()).isEqualTo(Fate.DUPLICATE);
    assertThat(join.onReward(state, "b", 1000, 1, 1100).rejection()).isEqualTo(Rejection.LATE);
    assertThat(join.onReward(state, "c", 1100, 1, 1100).rejection())
        .isEqualTo(Rejection.AFTER_WINDOW);
    assertThat(join.nextTimer(state)).isEqualTo(1150);
    join.onTime(state, 1150);
    assertThat(state.isEmpty()).isTrue();
    assertThat(join.nextTimer(state)).isEqualTo(ImpressionJoin.NO_TIMER);
    assertThat(join.onImpression(state, 1000, 1150).rejection()).isEqualTo(Rejection.LATE);
  }

  @Test
  void lateImpressionRefusesTheRewardsThatWaited() {
    assertThat(join.onReward(state, "a", 1050, 1, 1000).fate()).isEqualTo(Fate.HELD);
    JoinDecision late = join.onImpression(state, 1000, 1100);
    assertThat(late.rejection()).isEqualTo(Rejection.LATE);
    assertThat(late.released()).containsExactly(new ReleasedReward("a", Rejection.NO_IMPRESSION));
    assertThat(join.onImpression(state, 1090, 1100).fate()).isEqualTo(Fate.DUPLICATE);
    assertThat(join.onReward(state, "b", 1095, 1, 1100).rejection())
        .isEqualTo(Rejection.NO_IMPRESSION);
    assertThat(state.holdsImpression()).isFalse();
  }

  @Test
  void waitingRewardsAreSettledInArrivalOrder() {
    join.onReward(state, "z", 1005, 1, 0);
    join.onReward(state, "a", 990, 1, 0);
    join.onReward(state, "z", 1001, 3, 0);
    join.onReward(state, "m", 1200, 1, 0);
    assertThat(state.heldRewards()).isEqualTo(3);
    assertThat(join.nextTimer(state)).isEqualTo(1090);
    JoinDecision decision = join.onImpression(state, 1000, 500);
    assertThat(decision.released())
        .containsExactly(
            new ReleasedReward("z", null),
            new ReleasedReward("a", Rejection.BEFORE_IMPRESSION),
            new ReleasedReward("m", Rejection.AFTER_WINDOW));
    assertThat(state.heldRewards()).isZero();
  }

  @Test
  void rewardWithoutImpressionIsGivenUpWhenNoneCanMatch() {
    join.onReward(state, "a", 1000, 1, 0);
    assertThat(join.onTime(state, 1099).released()).isEmpty();
    assertThat(join.onTime(state, 1100).released())
        .containsExactly(new ReleasedReward("a", Rejection.NO_IMPRESSION));
    assertThat(join.onReward(state, "a", 1000, 1, 1100).fate()).isEqualTo(Fate.DUPLICATE);
    join.onTime(state, 1150);
    assertThat(state.isEmpty()).isTrue();
  }

  @Test
  void sumIsClippedToTheRange() {
    join.onImpression(state, 0, -1);
    join.onReward(state, "a", 0, 3, -1);
    join.onReward(state, "b", 0, 3, -1);
    assertThat(join.onTime(state, 100).outcome().reward()).isEqualTo(1);
  }

  @Test
  void invalidSettingsAreRefused() {
    assertThatThrownBy(() -> new ImpressionJoin(0, 0, RewardRange.UNIT))
        .hasMessageContaining("reward window must be above 0: 0");
    assertThatThrownBy(() -> new ImpressionJoin(1, -1, RewardRange.UNIT))
        .hasMessageContaining("at least 0: -1");
    assertThatThrownBy(() -> new RewardRange(1, 1)).hasMessageContaining("min < max");
    assertThatThrownBy(() -> new RewardRange(Double.NaN, 1)).hasMessageContaining("NaN");
  }
}
