package hindcast.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CusumTest {
  private static final int BASELINE = 1000;

  @Test
  void whatIsConstantNeverDrifts() {
    Cusum cusum = new Cusum(BASELINE, 3);
    for (int k = 0; k < 300_000; k++) {
      cusum.add(new double[] {0, 1, 0.5});
    }
    assertThat(cusum.first()).isEqualTo(-1);
  }

  @Test
  void aMeanThatRisesIsFoundAfterTheChange() {
    Random random = new Random(20260110);
    Cusum cusum = new Cusum(BASELINE, 2);
    for (int k = 0; k < 20_000; k++) {
      double mean = k < 10_000 ? 0.3 : 0.4;
      cusum.add(new double[] {random.nextDouble() < mean ? 1 : 0, 0});
    }
    assertThat(cusum.first()).isZero();
    assertThat(cusum.alarmAt(0)).isBetween(10_001L, 20_000L);
    assertThat(cusum.alarmAt(1)).isZero();
  }

  @Test
  void whatWasNeverSeenAndComesIsFound() {
    Cusum cusum = new Cusum(BASELINE, 1);
    for (int k = 0; k < 20_000; k++) {
      cusum.add(new double[] {k >= 10_000 && k % 10 == 0 ? 1 : 0});
    }
    assertThat(cusum.first()).isZero();
    assertThat(cusum.alarmAt(0)).isGreaterThan(10_000);
  }
}
