package hindcast.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.estimator.EstimatorSpec;
import hindcast.estimator.PointEstimate;
import hindcast.estimator.ScoredFeedback;
import hindcast.estimator.ValueEstimator;
import hindcast.numeric.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every interval, sequence and test on degenerate, extreme and invalid events. */
class EveryIntervalBadInputTest {
  private static final double P = 1 / 16.0;

  private interface Adder {
    void add(double weight, double reward);
  }

  /** Takes events and gives its numbers, none of which may be NaN. */
  private record Subject(Adder adder, Supplier<double[]> numbers) {}

  private static Subject of(IntervalMethod method) {
    return switch (method) {
      case NORMAL -> {
        ValueEstimator ips = EstimatorSpec.parse("IPS").create();
        yield new Subject(
            (w, r) -> ips.add(ScoredFeedback.of(w * P, P, r)),
            () -> ends(ips.estimate().interval().orElse(null)));
      }
      case EMPIRICAL_BERNSTEIN -> {
        Moments values = new Moments();
        yield new Subject(
            (w, r) -> {
              WeightedReward.check(w, r);
              values.add(Math.min(w, 2) * r);
            },
            () -> values.n() < 2 ? new double[0] : ends(EmpiricalBernstein.of(values, 2, 0.05)));
      }
      case LS_BOUND -> {
        LogarithmicSmoothingBound bound = new LogarithmicSmoothingBound(0.1, 0.05);
        yield new Subject(bound::add, () -> new double[] {bound.lower(), bound.upper()});
      }
      case IX_BOUND -> {
        ImplicitExplorationBound bound = new ImplicitExplorationBound(0.1, 0.05);
        yield new Subject(
            (w, r) -> bound.add(w > 16 && w < 1e90 ? 1 : w * P, P, r),
            () -> new double[] {bound.lower(), bound.upper()});
      }
      case MIXTURE_SEQUENCE -> {
        ValueSequence sequence = new ValueSequence(0.05);
        yield new Subject(sequence::add, () -> ends(sequence.interval()));
      }
      case PLUG_IN_SEQUENCE -> {
        ValueSequence sequence = new ValueSequence(0.05, PlugInSequence::new);
        yield new Subject(sequence::add, () -> ends(sequence.interval()));
      }
      case DIFFERENCE_SEQUENCE -> {
        DifferenceSequence sequence = new DifferenceSequence(0.05);
        yield new Subject(sequence::add, () -> ends(sequence.interval()));
      }
      case BETTING_TEST -> {
        BettingTest test = new BettingTest(0.5, 0.05);
        yield new Subject(
            (w, r) -> {
              WeightedReward.check(w, r);
              test.add(w * r);
            },
            () -> new double[] {test.logE(), test.nextBet()});
      }
      case E_CUSUM -> {
        ChangeDetector detector = new ChangeDetector(0.5, 0.001);
        yield new Subject(
            (w, r) -> {
              WeightedReward.check(w, r);
              detector.add(w * r);
            },
            () -> new double[] {detector.logM()});
      }
      case BENJAMINI_HOCHBERG -> {
        List<Double> values = new ArrayList<>();
        yield new Subject(
            (w, r) -> {
              WeightedReward.check(w, r);
              FalseDiscovery.benjaminiHochberg(new double[] {r}, 0.05);
              values.add(r);
            },
            () -> rejections(FalseDiscovery.benjaminiHochberg(array(values), 0.05)));
      }
      case E_BENJAMINI_HOCHBERG -> {
        List<Double> values = new ArrayList<>();
        yield new Subject(
            (w, r) -> {
              WeightedReward.check(w, r);
              values.add(Math.log(w));
            },
            () -> rejections(FalseDiscovery.eBenjaminiHochberg(array(values), 0.05)));
      }
      case ALPHA_SPENDING -> {
        List<Double> values = new ArrayList<>();
        yield new Subject(
            (w, r) -> {
              WeightedReward.check(w, r);
              values.add(w);
            },
            () ->
                new double[] {
                  AlphaSpending.equal(0.05, 1 + values.size()),
                  AlphaSpending.ofVersion(0.05, 1 + values.size())
                });
      }
    };
  }

  private static double[] ends(Interval interval) {
    return interval == null ? new double[0] : new double[] {interval.lower(), interval.upper()};
  }

  private static double[] rejections(boolean[] rejected) {
    double[] numbers = new double[rejected.length];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = rejected[k] ? 1 : 0;
    }
    return numbers;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @ParameterizedTest
  @EnumSource(IntervalMethod.class)
  void degenerateStreamsGiveNoNaN(IntervalMethod method) {
    double[][][] streams = {
      {},
      {{1, 1}},
      {{0, 0}, {0, 1}, {0, 1}},
      {{1, 0}, {2, 0}, {0.5, 0}},
      {{1, 1}, {2, 1}, {0.5, 1}},
      {{1, 1}, {1, 1}, {1, 1}},
      {{1, 0.5}, {0, 0}, {16, 1}, {1e-80, 1}},
      {{Double.MIN_VALUE, 1}, {Double.MIN_VALUE, 1}}
    };
    for (double[][] stream : streams) {
      Subject subject = of(method);
      assertNumbers(subject);
      for (double[] event : stream) {
        subject.adder().add(event[0], event[1]);
        assertNumbers(subject);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = IntervalMethod.class, names = "NORMAL", mode = EnumSource.Mode.EXCLUDE)
  void hugeWeightsGiveNoNaN(IntervalMethod method) {
    Subject subject = of(method);
    for (double[] event : new double[][] {{1e80, 1}, {1e80, 0}, {1, 1}, {1e80, 1}, {0, 0}}) {
      subject.adder().add(event[0], event[1]);
      assertNumbers(subject);
    }
  }

  private static void assertNumbers(Subject subject) {
    for (double x : subject.numbers().get()) {
      assertThat(x).isNotNaN();
    }
  }

  @ParameterizedTest
  @EnumSource(IntervalMethod.class)
  void whatIsNoEventIsRefusedAndChangesNothing(IntervalMethod method) {
    Subject subject = of(method);
    subject.adder().add(1, 1);
    subject.adder().add(0.5, 0);
    double[] before = subject.numbers().get();
    for (double bad :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, 1e101}) {
      assertThatThrownBy(() -> subject.adder().add(bad, 1))
          .as("weight %s", bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -0.1, 1.1}) {
      assertThatThrownBy(() -> subject.adder().add(1, bad))
          .as("reward %s", bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Arrays.equals(subject.numbers().get(), before)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(IntervalMethod.class)
  void isDescribed(IntervalMethod method) {
    assertThat(method.formula()).isNotBlank();
    assertThat(method.source()).isNotBlank();
    assertThat(method.validity()).isNotNull();
  }

  @Test
  void parametersThatAreNoNumbersAreRefused() {
    double nan = Double.NaN;
    assertThatThrownBy(() -> EmpiricalBernstein.halfWidth(nan, 9, 1, 0.05))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> EmpiricalBernstein.halfWidth(1, 9, nan, 0.05))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> NormalInterval.of(nan, 1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> NormalInterval.of(0, nan)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> NormalInterval.of(0, -1)).hasMessageContaining("lower <= upper");
    assertThatThrownBy(() -> new BettingTest(nan, 0.05)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new ChangeDetector(nan, 0.05)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new LogarithmicSmoothingBound(nan, 0.05)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new ImplicitExplorationBound(nan, 0.05)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new ImplicitExplorationBound(0.1, 0.05).add(0.5, 0, 1))
        .hasMessageContaining("propensity must be in (0, 1]: 0.0");
    assertThatThrownBy(() -> AlphaSpending.equal(nan, 2)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> AlphaSpending.equal(0.05, 0)).hasMessageContaining("at least 1: 0");
    assertThatThrownBy(() -> AlphaSpending.ofVersion(0.05, 0)).hasMessageContaining("from 1: 0");
    assertThat(PointEstimate.of(3, nan, nan)).isEqualTo(PointEstimate.none(3));
  }

  @Test
  void spentLevelsSumToAlpha() {
    double sum = 0;
    for (int k = 100_000; k >= 1; k--) {
      sum += AlphaSpending.ofVersion(0.05, k);
    }
    assertThat(sum).isBetween(0.05 * 0.99998, 0.05);
    assertThat(AlphaSpending.equal(0.05, 10)).isEqualTo(0.005);
  }
}
