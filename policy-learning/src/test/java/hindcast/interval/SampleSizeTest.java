package hindcast.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleSizeTest {
  @Test
  void isTheTextbookNumber() {
    // sigma 1, difference .1: (1.959964 + 0.841621)^2 / .01 = 784.89
    assertThat(SampleSize.events(100, 0.1, 0.1)).isEqualTo(785);
    assertThat(SampleSize.events(100, 0.1, 0.2)).isEqualTo(197);
    assertThat(SampleSize.events(100, 0, 0.1)).isEqualTo(1);
    assertThat(SampleSize.events(100, 1e50, 1e-50)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void thatManyEventsTellTheDifferenceFourTimesInFive() {
    int n = (int) SampleSize.events(400, 0.05, 0.1);
    Random random = new Random(20260108);
    int told = 0;
    for (int run = 0; run < 1000; run++) {
      double sum = 0;
      double squares = 0;
      for (int k = 0; k < n; k++) {
        double x = 0.1 + random.nextGaussian();
        sum += x;
        squares += x * x;
      }
      double mean = sum / n;
      double error = Math.sqrt((squares / n - mean * mean) / n);
      told += Math.abs(mean) > NormalInterval.Z95 * error ? 1 : 0;
    }
    assertThat(told).isBetween(760, 840);
  }

  @Test
  void refusesWhatIsNoPilotOrNoDifference() {
    assertThatThrownBy(() -> SampleSize.events(0, 1, 1)).hasMessageContaining("0");
    assertThatThrownBy(() -> SampleSize.events(1, -1, 1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> SampleSize.events(1, Double.NaN, 1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> SampleSize.events(1, 1, 0)).hasMessageContaining("above 0");
  }
}
