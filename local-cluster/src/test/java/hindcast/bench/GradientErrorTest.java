package hindcast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GradientErrorTest {
  private static final int LENGTH = 40;

  @Test
  void tellsBiasFromVariance() {
    double[] exact = new double[LENGTH];
    java.util.Arrays.fill(exact, 2);
    SplittableRandom random = new SplittableRandom(1);
    GradientError error = new GradientError();
    for (int m = 0; m < 5; m++) {
      double[][] estimates = new double[200][LENGTH];
      for (double[] estimate : estimates) {
        for (int k = 0; k < LENGTH; k++) {
          estimate[k] = 2 + 0.5 + random.nextGaussian();
        }
      }
      error.add(exact, estimates);
    }
    assertThat(error.biasSquared()).isCloseTo(0.25 / 4, within(5 * error.biasSquaredError()));
    assertThat(error.biasSquaredError()).isBetween(1e-4, 5e-3);
    assertThat(error.relativeMse()).isCloseTo(1.25 / 4, within(0.01));
  }

  @Test
  void findsNoBiasWhereThereIsNone() {
    double[] exact = new double[LENGTH];
    exact[3] = 7;
    SplittableRandom random = new SplittableRandom(2);
    GradientError error = new GradientError();
    double[][] estimates = new double[300][LENGTH];
    for (double[] estimate : estimates) {
      for (int k = 0; k < LENGTH; k++) {
        estimate[k] = exact[k] + random.nextGaussian();
      }
    }
    error.add(exact, estimates);
    assertThat(error.biasSquared()).isCloseTo(0, within(5 * error.biasSquaredError()));
    assertThat(error.relativeMse()).isCloseTo(40.0 / 49, within(0.05));
  }

  @Test
  void anEstimateWithoutDrawsIsAllBias() {
    GradientError error = new GradientError();
    error.add(new double[] {3, 4}, new double[][] {{3, 5}});
    assertThat(error.relativeMse()).isEqualTo(1 / 25.0);
    assertThat(error.biasSquared()).isEqualTo(1 / 25.0);
    assertThat(error.biasSquaredError()).isZero();
    assertThat(error.cosine()).isCloseTo(29 / (5 * Math.sqrt(34)), within(1e-12));
  }
}
