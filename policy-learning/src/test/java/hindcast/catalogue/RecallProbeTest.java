package hindcast.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RecallProbeTest {

  @Test
  void tiesCountAsFound() {
    double[] best = {5, 3, 3};
    assertThat(RecallProbe.recall(new double[] {5, 3, 3}, 3, best)).isEqualTo(1);
    assertThat(RecallProbe.recall(new double[] {3, 3.00000001, 2}, 3, best))
        .isCloseTo(2 / 3., within(1e-12));
    assertThat(RecallProbe.recall(new double[] {2, 1, 0}, 0, best)).isZero();
    assertThat(RecallProbe.recall(new double[0], 0, new double[0])).isEqualTo(1);
  }

  @Test
  void itAlarmsWhileTheMeanOfTheWindowIsBelowTheFloor() {
    RecallProbe probe = new RecallProbe(10, .8, 20);
    assertThat(probe.recall()).isEqualTo(1);
    for (int j = 0; j < RecallProbe.FEWEST - 1; j++) {
      assertThat(probe.add(.5)).isFalse();
    }
    assertThat(probe.add(.5)).isTrue();
    assertThat(probe.alarming()).isTrue();
    for (int j = 0; j < 12; j++) {
      probe.add(1);
    }
    assertThat(probe.recall()).isCloseTo((8 * .5 + 12) / 20, within(1e-12));
    assertThat(probe.alarming()).isFalse();
    assertThat(probe.probes()).isEqualTo(32);
    for (int j = 0; j < 20; j++) {
      probe.add(0);
    }
    assertThat(probe.alarms()).isEqualTo(2);
    probe.restart();
    assertThat(probe.recall()).isEqualTo(1);
    assertThat(probe.alarming()).isFalse();
    assertThat(probe.alarms()).isEqualTo(2);
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new RecallProbe(10, 1.5, 20))
        .hasMessage("recall floor must be in [0, 1]: 1.5");
    assertThatThrownBy(() -> new RecallProbe(10, .5, 3))
        .hasMessage("window of a recall probe must be at least 20: 3");
    RecallProbe probe = new RecallProbe(10, .5, 20);
    assertThatThrownBy(() -> probe.add(Double.NaN)).hasMessageContaining("[0, 1]: NaN");
  }
}
