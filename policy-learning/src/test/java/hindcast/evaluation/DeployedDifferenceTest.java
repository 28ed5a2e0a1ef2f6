package hindcast.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.estimator.SupportRule;
import hindcast.interval.DifferenceSequence;
import hindcast.interval.Interval;
import hindcast.interval.NormalInterval;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeployedDifferenceTest {
  private static final double ALPHA = .05;
  private static final int EVENTS = 4_000;

  private final double[] weight = new double[EVENTS];
  private final double[] deployed = new double[EVENTS];
  private final double[] reward = new double[EVENTS];

  DeployedDifferenceTest() {
    Random random = new Random(11);
    for (int k = 0; k < EVENTS; k++) {
      weight[k] = random.nextInt(4) == 0 ? 3 : 1 / 3.0;
      deployed[k] = random.nextInt(5) == 0 ? 2 : .75;
      reward[k] = random.nextDouble() < .4 ? random.nextDouble() : 0;
    }
  }

  private DeployedDifference of(double[] one, double[] other) {
    DeployedDifference difference = new DeployedDifference(ALPHA);
    for (int k = 0; k < EVENTS; k++) {
      difference.add(one[k], other[k], reward[k], 0);
    }
    return difference;
  }

  @Test
  void equalsADirectRecomputation() {
    double sum = 0;
    double squares = 0;
    DifferenceSequence sequence = new DifferenceSequence(ALPHA);
    for (int k = 0; k < EVENTS; k++) {
      double term = (weight[k] - deployed[k]) * reward[k];
      sum += term;
      squares += term * term;
      sequence.add(weight[k], deployed[k], reward[k]);
    }
    double mean = sum / EVENTS;
    double error = Math.sqrt((squares - EVENTS * mean * mean) / (EVENTS - 1) / EVENTS);
    DeployedDifference difference = of(weight, deployed);
    assertThat(difference.n()).isEqualTo(EVENTS);
    assertThat(difference.estimate().value().getAsDouble()).isCloseTo(mean, within(1e-12));
    assertThat(difference.estimate().standardError().getAsDouble()).isCloseTo(error, within(1e-12));
    Interval interval = difference.interval(SupportRule.DEFAULT).orElseThrow();
    assertThat(interval.lower()).isCloseTo(mean - NormalInterval.Z95 * error, within(1e-12));
    assertThat(interval.upper()).isCloseTo(mean + NormalInterval.Z95 * error, within(1e-12));
    assertThat(difference.sequence()).contains(sequence.interval());
  }

  @Test
  void turnedAroundItIsItsNegative() {
    DeployedDifference there = of(weight, deployed);
    DeployedDifference back = of(deployed, weight);
    assertThat(back.estimate().value().getAsDouble())
        .isEqualTo(-there.estimate().value().getAsDouble());
    assertThat(back.estimate().standardError()).isEqualTo(there.estimate().standardError());
    Interval interval = there.sequence().orElseThrow();
    assertThat(back.sequence().orElseThrow())
        .isEqualTo(new Interval(-interval.upper(), -interval.lower()));
  }

  @Test
  void toItselfItIsNothing() {
    DeployedDifference difference = of(weight, weight);
    assertThat(difference.estimate().value()).hasValue(0);
    assertThat(difference.estimate().standardError()).hasValue(0);
    Interval interval = difference.sequence().orElseThrow();
    assertThat(interval.lower()).isNegative();
    assertThat(interval.upper()).isPositive();
  }

  @Test
  void anEstimatedPropensityEndsTheSequenceForGoodAndNothingElse() {
    DeployedDifference difference = of(weight, deployed);
    difference.add(1, 1, .5, .1);
    difference.add(1, 1, .5, 0);
    assertThat(difference.n()).isEqualTo(EVENTS + 2);
    assertThat(difference.sequence()).isEmpty();
    assertThat(difference.interval(SupportRule.DEFAULT)).isPresent();
  }

  @Test
  void hasAnIntervalOnlyWhereBothPoliciesHaveSupport() {
    double[] rare = new double[EVENTS];
    rare[3] = EVENTS / 2.0;
    reward[3] = 1;
    assertThat(of(weight, rare).interval(SupportRule.DEFAULT)).isEmpty();
    assertThat(of(rare, deployed).interval(SupportRule.DEFAULT)).isEmpty();
    assertThat(of(rare, deployed).estimate().standardError()).isPresent();
  }

  @Test
  void isUndefinedWithoutImpressions() {
    DeployedDifference difference = new DeployedDifference(ALPHA);
    assertThat(difference.n()).isZero();
    assertThat(difference.estimate().value()).isEmpty();
    assertThat(difference.interval(SupportRule.DEFAULT)).isEmpty();
    assertThat(difference.sequence()).isEmpty();
    difference.add(2, 1, .5, 0);
    assertThat(difference.estimate().value()).hasValue(.5);
    assertThat(difference.estimate().standardError()).isEmpty();
  }
}
