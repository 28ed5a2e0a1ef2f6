package hindcast.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.numeric.NormalDensity;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class CriterionLawsTest {
  private static final List<Criterion> ALL =
      List.of(
          new Mean(),
          new Threshold(60),
          new LogThreshold(60),
          new Cara(.02),
          new MeanVariance(.1),
          new ConditionalValueAtRisk(.1),
          new LogDelta(),
          new PowerDelta(2),
          new FlooredLog(1));

  @Property(tries = 100)
  void derivativesAreFiniteDifferences(
      @ForAll @DoubleRange(min = 30, max = 90) double mean,
      @ForAll @DoubleRange(min = 5, max = 120) double variance) {
    for (Criterion criterion : ALL) {
      Derivatives at = criterion.at(mean, variance);
      double step = 1e-4;
      double byMean =
          (criterion.at(mean + step, variance).value()
                  - criterion.at(mean - step, variance).value())
              / (2 * step);
      double byVariance =
          (criterion.at(mean, variance + step).value()
                  - criterion.at(mean, variance - step).value())
              / (2 * step);
      // the quadrature's slope is that of its nodes: a node that crosses the floor shows as a jump
      double tolerance = criterion instanceof FlooredLog ? 1e-4 : 1e-7;
      assertThat(at.mean())
          .as(criterion.name())
          .isCloseTo(byMean, within(tolerance * (1 + Math.abs(byMean))));
      assertThat(at.variance())
          .as(criterion.name())
          .isCloseTo(byVariance, within(tolerance * (1 + Math.abs(byVariance))));
    }
  }

  @Test
  void tailsOfTheNormalDistribution() {
    assertThat(NormalDensity.logCumulative(-40)).isCloseTo(-804.608442, within(1e-5));
    assertThat(NormalDensity.logCumulative(-1e8)).isFinite();
    assertThat(NormalDensity.logCumulative(40)).isZero();
    assertThat(NormalDensity.hazard(-1e6)).isCloseTo(1e6, within(1.0));
    assertThat(NormalDensity.hazard(50)).isZero();
    assertThat(NormalDensity.cumulative(0)).isEqualTo(.5);
    assertThat(NormalDensity.quantile(.975)).isCloseTo(1.959963984540054, within(1e-12));
  }

  @Test
  void undefinedIsNamed() {
    assertThatThrownBy(() -> new LogDelta().at(0, 1)).hasMessageContaining("mean above 0: 0.0");
    assertThatThrownBy(() -> new PowerDelta(2).at(-1, 1)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> new LogThreshold(1).at(1, 0)).hasMessageContaining("variance");
    assertThatThrownBy(() -> new Cara(1).at(-800, 1)).hasMessageContaining("overflows: e^800.5");
    assertThat(new Threshold(1).at(2, 0)).isEqualTo(new Derivatives(1, 0, 0));
    assertThat(new ConditionalValueAtRisk(.1).at(2, 0)).isEqualTo(new Derivatives(2, 1, 0));
    assertThatThrownBy(() -> new Cara(0)).hasMessage("eta must be above 0: 0.0");
  }

  @Test
  void probabilityOfUpliftGrowsWithTheHorizon() {
    PayoffMoments moments = new PayoffMoments(.5);
    moments.add(.02, 1);
    moments.add(.02, 1);
    double soon = AbTest.probabilityOfUplift(moments, 1_000);
    double late = AbTest.probabilityOfUplift(moments, 10_000);
    assertThat(soon).isCloseTo(NormalDensity.cumulative(.02 * Math.sqrt(1000)), within(1e-12));
    assertThat(late).isGreaterThan(soon);
  }

  @Property(tries = 50)
  void probabilityOfUpliftIsThatOfTheDefinition(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    AbTest test = new AbTest();
    double uplift = random.nextDouble() - 0.5;
    double horizon = 1 + random.nextInt(5000);
    double mean = 0;
    double square = 0;
    int n = 50;
    for (int k = 0; k < n; k++) {
      double w = 3 * random.nextDouble();
      double r = random.nextDouble();
      double y = (w - 1 - uplift) * r;
      mean += y / n;
      square += y * y / n;
      test.add(w, r);
    }
    double mu = horizon * mean;
    assertThat(test.probabilityOfUplift(horizon, uplift).getAsDouble())
        .isCloseTo(NormalDensity.cumulative(mu / Math.sqrt(horizon * square)), within(1e-10));
    assertThat(test.probabilityOfUpliftAtFixedCount(horizon, uplift).getAsDouble())
        .isCloseTo(
            NormalDensity.cumulative(mu / Math.sqrt(horizon * (square - mean * mean))),
            within(1e-10));
  }

  @Test
  void abTestsAtTheEdges() {
    AbTest test = new AbTest();
    assertThat(test.probabilityOfUplift(100, 0)).isEmpty();
    test.add(1, 1);
    assertThat(test.probabilityOfUplift(100, 0)).as("the logging policy itself").hasValue(0.5);
    assertThat(test.probabilityOfUpliftAtFixedCount(100, 0.1)).hasValue(0);
    assertThat(test.probabilityOfUpliftAtFixedCount(100, -0.1)).hasValue(1);
    test.add(1e80, 1);
    assertThat(test.probabilityOfUplift(1e15, 1e50).getAsDouble()).isBetween(0.0, 1.0);
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -2}) {
      assertThatThrownBy(() -> test.add(bad, 1)).hasMessageContaining("weight");
      assertThatThrownBy(() -> test.add(1, bad)).hasMessageContaining("reward");
      assertThatThrownBy(() -> test.probabilityOfUplift(bad, 0)).hasMessageContaining("events");
      assertThatThrownBy(() -> test.probabilityOfUplift(9, bad)).hasMessageContaining("uplift");
    }
    assertThat(test.n()).isEqualTo(2);
  }
}
