package hindcast.propensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PropensityBadInputTest {
  @Test
  void settingsAreChecked() {
    for (double bad : new double[] {0, -1, Double.NaN}) {
      assertThatThrownBy(() -> new DirichletPropensity(10, bad)).hasMessageContaining("above 0");
      assertThatThrownBy(() -> new DirichletPropensity(bad, 1)).hasMessageContaining("half-life");
      assertThatThrownBy(() -> new SoftmaxPropensity(1, 1, bad)).hasMessageContaining("above 0");
      assertThatThrownBy(() -> new UipsWeight(bad, 1, 1, 1)).hasMessageContaining("(0, 1e50]");
      DirichletPropensity estimate = new DirichletPropensity(10, 1);
      assertThatThrownBy(() -> estimate.predict("a", bad, 0)).hasMessageContaining("(0, 1]");
    }
    assertThatThrownBy(() -> new UipsWeight(1, 1, 1, -1)).hasMessageContaining("gamma");
    assertThatThrownBy(() -> UipsWeight.phiForInterval(1, 2, 1, 1)).hasMessageContaining("lo");
    assertThatThrownBy(() -> new PropensityAudit().add("a", 0)).hasMessageContaining("0.0");
    assertThatThrownBy(() -> new DirichletPosterior(2, 1)).hasMessageContaining("2.0 of 1.0");
  }

  @Test
  void extremeTimesAndPriors() {
    DirichletPropensity estimate = new DirichletPropensity(1, 1e-3);
    assertThat(estimate.predict("a", 1, 0).value()).isEqualTo(1);
    estimate.update("a", 0);
    estimate.update("b", 4_000_000_000_000_000L);
    assertThat(estimate.predict("b", 0.5, 4_000_000_000_000_000L).value()).isGreaterThan(0.99);
    assertThat(estimate.items()).isEqualTo(1);
    estimate.update("c", 0);
    assertThat(estimate.predict("c", 1e-60, 0).uncertainty()).isFinite().isPositive();
    assertThat(estimate.predict("b", 0.5, Long.MAX_VALUE / 4).value()).isEqualTo(0.5);
  }

  @Test
  void uipsAtTheEdges() {
    UipsWeight weight = new UipsWeight(1, 1, 100, 2);
    for (double w : new double[] {0, Double.MIN_VALUE, 1e-80, 1, 1e80}) {
      for (double u : new double[] {0, 1, 400, 1e80}) {
        assertThat(weight.weight(w, u)).isFinite().isNotNegative();
      }
    }
    assertThat(weight.phi(0, 1e80)).isZero();
  }

  @Test
  void contextsAreChecked() {
    SoftmaxPropensity softmax = new SoftmaxPropensity(2, 3, 0.1);
    assertThat(softmax.predict(new double[2], 1).uncertainty()).isZero();
    assertThat(softmax.predict(new double[] {10_000, -10_000}, 1).value()).isGreaterThan(0);
    softmax.update(new double[] {10_000, -10_000}, 1);
    assertThat(softmax.predict(new double[] {10_000, -10_000}, 0).value())
        .isEqualTo(SoftmaxPropensity.FLOOR);
    assertThatThrownBy(() -> softmax.predict(new double[3], 0)).hasMessageContaining("dimension 2");
    assertThatThrownBy(() -> softmax.update(new double[] {Double.NaN, 0}, 0))
        .hasMessageContaining("NaN");
  }
}
