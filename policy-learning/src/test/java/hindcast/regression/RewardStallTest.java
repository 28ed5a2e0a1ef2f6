package hindcast.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.testing.States;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One impression in ten has a reward. */
class RewardStallTest {
  private final SplittableRandom random = new SplittableRandom(3);

  private void feed(RewardStall stall, int impressions, double share) {
    for (int k = 0; k < impressions; k++) {
      stall.add(random.nextDouble() < share);
    }
  }

  @Test
  void rewardsThatStopAreNoticedAndSoIsTheirReturn() {
    RewardStall stall = new RewardStall(1000, 1e6);
    feed(stall, 20_000, 0.1);
    assertThat(stall.stalled()).isFalse();
    assertThat(stall.usualShare()).isBetween(0.07, 0.13);
    feed(stall, 900, 0);
    assertThat(stall.stalled()).isTrue();
    RewardStall restored = new RewardStall(1000, 1e6);
    States.restore(stall::write, restored::read);
    assertThat(restored.stalled()).isTrue();
    assertThat(restored.since()).isEqualTo(stall.since()).isBetween(800L, 1200L);
    feed(restored, 2000, 0.1);
    assertThat(restored.stalled()).isFalse();
  }

  @Test
  void nothingIsSaidBeforeTheUsualShareIsKnown() {
    RewardStall stall = new RewardStall(100, 1e6);
    feed(stall, 5000, 0);
    assertThat(stall.stalled()).isFalse();
    assertThat(stall.usualShare()).isZero();
    assertThatThrownBy(() -> new RewardStall(0, 1e6)).hasMessageContaining("baseline");
  }
}
