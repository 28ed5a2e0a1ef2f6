package hindcast.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExponentialKernelTest {

  @Test
  void agreesWithTheLibraryToTheLastDigits() {
    int n = 30_001;
    double[] f = new double[n];
    for (int a = 0; a < n; a++) {
      f[a] = 3 - a * 0.01;
    }
    double[] out = new double[n];
    double sum = ExponentialKernel.exponentials(f, n, 1, 3, out, new double[n]);
    double want = 0;
    for (int a = 0; a < n; a++) {
      double e = Math.exp(f[a] - 3);
      want += e;
      assertThat(Math.abs(out[a] / e - 1)).isLessThan(1e-15);
    }
    assertThat(Math.abs(sum / want - 1)).isLessThan(1e-14);
  }

  @Test
  void farBelowTheLargestIsExactlyZero() {
    double[] f = {0, -299, -302, -1e4, -1e300};
    double[] out = new double[5];
    assertThat(ExponentialKernel.exponentials(f, 5, 1, 0, out, new double[5])).isEqualTo(1);
    assertThat(out[1]).isGreaterThan(Double.MIN_NORMAL);
    assertThat(out[2]).isZero();
    assertThat(out[3]).isZero();
    assertThat(out[4]).isZero();
  }

  @Test
  void factorMultipliesTheExponent() {
    double[] out = new double[1];
    ExponentialKernel.exponentials(new double[] {-0.5}, 1, 4, 0, out, new double[1]);
    assertThat(out[0]).isEqualTo(Math.exp(-2));
  }
}
