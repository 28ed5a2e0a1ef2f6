package hindcast.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SimultaneousLevelTest {

  @Test
  void oneCandidateHasThePlainInterval() {
    SimultaneousLevel one = new SimultaneousLevel(1);
    assertThat(one.level()).isEqualTo(0.95);
    assertThat(one.normal(0.3, 0.01)).isEqualTo(NormalInterval.of(0.3, 0.01));
  }

  @Test
  void twelveCandidatesShareTheError() {
    SimultaneousLevel twelve = new SimultaneousLevel(12);
    assertThat(twelve.level()).isCloseTo(0.99583333, within(1e-8));
    Interval interval = twelve.normal(1, 0.1);
    // z of 1 - 0.05 / 24, from tables of the normal distribution
    assertThat(interval.upper() - 1).isCloseTo(0.1 * 2.86526, within(1e-6));
    assertThat(1 - interval.lower()).isCloseTo(0.1 * 2.86526, within(1e-6));
  }

  @Test
  void noCandidatesAreRefused() {
    assertThatThrownBy(() -> new SimultaneousLevel(0)).hasMessageContaining("at least 1: 0");
  }
}
