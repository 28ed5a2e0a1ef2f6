package hindcast.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.testing.States;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Quantiles of delays against sorted delays, and needed traffic against the formula. */
class TrafficTest {
  @Test
  void quantilesAreWithinTheirRelativeError() {
    SplittableRandom random = new SplittableRandom(5);
    DelayQuantiles whole = new DelayQuantiles();
    DelayQuantiles[] parts = {new DelayQuantiles(), new DelayQuantiles()};
    long[] delays = new long[5000];
    for (int k = 0; k < delays.length; k++) {
      delays[k] = (long) Math.exp(20 * random.nextDouble()) - 1;
      whole.add(delays[k]);
      parts[k % 2].add(delays[k]);
    }
    Arrays.sort(delays);
    parts[0].merge(parts[1]);
    for (double share : new double[] {.001, .1, .5, .9, .99, 1}) {
      double exact = delays[(int) Math.ceil(share * delays.length) - 1];
      assertThat((double) whole.quantile(share).orElseThrow())
          .isCloseTo(exact, within(.5 + DelayQuantiles.RELATIVE_ERROR * exact));
      assertThat(parts[0].quantile(share)).isEqualTo(whole.quantile(share));
      assertThat(whole.recommendedWindowMicros(share).orElseThrow()).isGreaterThan((long) exact);
    }
    DelayQuantiles copy = new DelayQuantiles();
    States.restore(whole::write, copy::read);
    assertThat(States.bytes(copy::write)).isEqualTo(States.bytes(whole::write));
  }

  @Test
  void delaysAtTheEnds() {
    DelayQuantiles delays = new DelayQuantiles();
    assertThat(delays.quantile(.5)).isEmpty();
    assertThat(delays.recommendedWindowMicros(.5)).isEmpty();
    delays.add(0);
    assertThat(delays.quantile(1)).hasValue(0);
    delays.add(Long.MAX_VALUE);
    assertThat((double) delays.quantile(1).orElseThrow()).isCloseTo(0x1p63, within(.01 * 0x1p63));
    assertThatThrownBy(() -> delays.add(-1)).hasMessageContaining("at least 0: -1");
    assertThatThrownBy(() -> delays.quantile(0)).hasMessageContaining("(0, 1]: 0.0");
  }

  @Test
  void trafficFollowsTheVariance() {
    TrafficNeeded traffic = new TrafficNeeded();
    assertThat(traffic.events(.1, .05, .8)).isEmpty();
    for (int k = 0; k < 1000; k++) {
      traffic.add(k % 2 == 0 ? 2 : 0, 1);
    }
    assertThat(traffic.difference()).isCloseTo(0, within(1e-15));
    double variance = 1000.0 / 999;
    double z = 1.959963984540054 + 0.8416212335729143;
    assertThat(traffic.events(.1, .05, .8).orElseThrow())
        .isEqualTo(Math.ceil(variance * z * z / .01));
    assertThatThrownBy(() -> traffic.events(0, .05, .8)).hasMessageContaining("(0, 1]: 0.0");
    assertThatThrownBy(() -> traffic.events(.1, .05, .01)).hasMessageContaining("below the power");
  }
}
