package hindcast.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.testing.States;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The laws of the decayed form, for every estimator there is. */
class DecayedLawsTest {
  private static final int N = 60;
  private static final double HALF_LIFE = 100;

  private static List<EstimatorSpec> everyEstimator() {
    List<EstimatorSpec> specs = new ArrayList<>();
    for (EstimatorMethod method : EstimatorMethod.values()) {
      specs.add(EstimatorSpec.parse(method.example()));
    }
    specs.add(EstimatorSpec.parse("DICE_S:cap=1.5"));
    specs.add(EstimatorSpec.parse("CRESSIE_READ:wmin=0,wmax=100"));
    return specs;
  }

  private static DecayedEstimator decayed(EstimatorSpec spec) {
    return new DecayedEstimator(spec, HALF_LIFE);
  }

  private static void assertClose(String what, PointEstimate got, PointEstimate want, double eps) {
    assertThat(got.n()).as(what).isEqualTo(want.n());
    assertThat(got.value().isPresent()).as(what).isEqualTo(want.value().isPresent());
    double v = want.value().orElse(0);
    assertThat(got.value().orElse(0)).as(what).isCloseTo(v, within(eps * (1 + Math.abs(v))));
    assertThat(got.standardError().isPresent()).isEqualTo(want.standardError().isPresent());
    double se = want.standardError().orElse(0);
    assertThat(got.standardError().orElse(0)).as(what).isCloseTo(se, within(1e-6 * (1 + se)));
  }

  @Property(tries = 30)
  void withoutHalfLifeItIsThePlainEstimate(@ForAll long seed) {
    List<ScoredFeedback> events = Events.random(seed, N);
    for (EstimatorSpec spec : everyEstimator()) {
      DecayedEstimator decayed = new DecayedEstimator(spec, Double.POSITIVE_INFINITY);
      ValueEstimator plain = spec.create();
      for (int k = 0; k < N; k++) {
        decayed.add(events.get(k), 1000L * k);
        plain.add(events.get(k));
      }
      double v = plain.estimate().value().orElseThrow();
      double got = decayed.estimate().value().orElseThrow();
      assertThat(got).as(spec.toString()).isCloseTo(v, within(1e-11 * (1 + Math.abs(v))));
      assertThat(decayed.estimate().standardError().isPresent())
          .isEqualTo(plain.estimate().standardError().isPresent());
      if (plain.estimate().standardError().isPresent()) {
        double ratio =
            decayed.estimate().standardError().getAsDouble()
                / plain.estimate().standardError().getAsDouble();
        assertThat(ratio).as(spec.toString()).isBetween(Math.sqrt((N - 1.0) / N) - 1e-9, 1 + 1e-9);
      }
    }
  }

  /** Old events of weight 1/2 and new ones of weight 1 are the old ones once and the new twice. */
  @Property(tries = 30)
  void weightsCountEvents(@ForAll long seed) {
    List<ScoredFeedback> events = Events.random(seed, N);
    for (EstimatorSpec spec : everyEstimator()) {
      if (spec.method() == EstimatorMethod.CRESSIE_READ) {
        continue; // its unseen event is one event, whatever the others weigh
      }
      DecayedEstimator decayed = decayed(spec);
      ValueEstimator plain = spec.create();
      for (int k = 0; k < N; k++) {
        boolean old = k < N / 2;
        decayed.add(events.get(k), old ? 0 : 100);
        for (int copy = old ? 1 : 2; copy > 0; copy--) {
          plain.add(events.get(k));
        }
      }
      double v = plain.estimate().value().orElseThrow();
      assertThat(decayed.estimate().value().orElseThrow())
          .as(spec.toString())
          .isCloseTo(v, within(1e-10 * (1 + Math.abs(v))));
    }
  }

  /** The variances that have a formula of their own are sums of squared influences. */
  @Property(tries = 30)
  void variancesAreThoseOfTheInfluences(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ScoredFeedback> events = Events.random(seed, N);
    double[] d = new double[N];
    DecayedEstimator cv = decayed(EstimatorSpec.parse("IPS_CV"));
    DecayedEstimator sndr = decayed(EstimatorSpec.parse("SNDR"));
    for (int k = 0; k < N; k++) {
      long time = random.nextLong(400);
      d[k] = Math.pow(2, time / HALF_LIFE);
      cv.add(events.get(k), time);
      sndr.add(events.get(k), time);
    }
    double sum = total(events, d, f -> 1);
    double w = total(events, d, ScoredFeedback::weight) / sum;
    double y = total(events, d, f -> f.weight() * f.reward()) / sum;
    double b =
        total(events, d, f -> (f.weight() - w) * (f.weight() * f.reward() - y))
            / total(events, d, f -> (f.weight() - w) * (f.weight() - w));
    double q = total(events, d, ScoredFeedback::modelValue) / sum;
    double c = total(events, d, DecayedLawsTest::correction) / (w * sum);
    double cvVariance = 0;
    double sndrVariance = 0;
    for (int k = 0; k < N; k++) {
      ScoredFeedback f = events.get(k);
      double e = d[k] * (f.weight() * f.reward() - y - b * (f.weight() - w)) / sum;
      double psi = d[k] * (f.modelValue() - q + (correction(f) - c * f.weight()) / w) / sum;
      cvVariance += e * e;
      sndrVariance += psi * psi;
    }
    PointEstimate cvWant =
        new PointEstimate(
            N,
            java.util.OptionalDouble.of(y - b * (w - 1)),
            java.util.OptionalDouble.of(Math.sqrt(cvVariance)));
    PointEstimate sndrWant =
        new PointEstimate(
            N,
            java.util.OptionalDouble.of(q + c),
            java.util.OptionalDouble.of(Math.sqrt(sndrVariance)));
    assertClose("IPS_CV", cv.estimate(), cvWant, 1e-9);
    assertClose("SNDR", sndr.estimate(), sndrWant, 1e-9);
  }

  private static double correction(ScoredFeedback f) {
    return f.weight() * (f.reward() - f.modelReward());
  }

  private static double total(
      List<ScoredFeedback> events, double[] d, ToDoubleFunction<ScoredFeedback> x) {
    double sum = 0;
    for (int k = 0; k < d.length; k++) {
      sum += d[k] * x.applyAsDouble(events.get(k));
    }
    return sum;
  }

  @Property(tries = 30)
  void mergeInAnyGroupingAndOrderIsAddingAll(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ScoredFeedback> events = Events.random(seed, N);
    long[] times = random.longs(N, 0, 20_000).toArray();
    for (EstimatorSpec spec : everyEstimator()) {
      DecayedEstimator whole = decayed(spec);
      List<DecayedEstimator> parts = new ArrayList<>();
      for (int k = 0; k < 1 + random.nextInt(5); k++) {
        parts.add(decayed(spec));
      }
      for (int k = 0; k < N; k++) {
        whole.add(events.get(k), times[k]);
        parts.get(random.nextInt(parts.size())).add(events.get(k), times[k]);
      }
      while (parts.size() > 1) {
        DecayedEstimator other = parts.remove(random.nextInt(parts.size()));
        parts.get(random.nextInt(parts.size())).merge(other);
      }
      double tolerance =
          spec.toString().startsWith("IPS_CV") ? slopeTolerance(events, times) : 1e-9;
      assertClose(spec.toString(), parts.get(0).estimate(), whole.estimate(), tolerance);
      double ess = whole.effectiveSampleSize();
      assertThat(parts.get(0).effectiveSampleSize()).isCloseTo(ess, within(1e-9 * (1 + ess)));
    }
  }

  /**
   * A slope over the variance of the weights has lost log10 of Σ w² / Σ (w − w̄)² digits: nearly
   * all where one recent event has nearly all of the decayed weight.
   */
  private static double slopeTolerance(List<ScoredFeedback> events, long[] times) {
    double[] d = new double[times.length];
    for (int k = 0; k < d.length; k++) {
      d[k] = Math.pow(2, (times[k] - 20_000) / HALF_LIFE);
    }
    double mean = total(events, d, ScoredFeedback::weight) / total(events, d, f -> 1);
    double squares = total(events, d, f -> f.weight() * f.weight());
    double deviations = total(events, d, f -> (f.weight() - mean) * (f.weight() - mean));
    return Math.max(1e-9, 1e-14 * squares / deviations);
  }

  @Property(tries = 30)
  void halfWrittenReadAndContinuedIsTheWholeBitForBit(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ScoredFeedback> events = Events.random(seed, N);
    long[] times = random.longs(N, 0, 20_000).toArray();
    for (EstimatorSpec spec : everyEstimator()) {
      DecayedEstimator whole = decayed(spec);
      DecayedEstimator half = decayed(spec);
      for (int k = 0; k < N; k++) {
        if (k == N / 2) {
          DecayedEstimator restored = decayed(spec);
          States.restore(half::write, restored::read);
          half = restored;
        }
        whole.add(events.get(k), times[k]);
        half.add(events.get(k), times[k]);
      }
      assertThat(States.bytes(half::write))
          .as(spec.toString())
          .isEqualTo(States.bytes(whole::write));
    }
  }

  @ParameterizedTest
  @EnumSource(EstimatorMethod.class)
  void degenerateStreamsGiveNumbersOrNothing(EstimatorMethod method) {
    EstimatorSpec spec = EstimatorSpec.parse(method.example());
    assertThat(decayed(spec).estimate()).isEqualTo(PointEstimate.none(0));
    assertThat(decayed(spec).effectiveSampleSize()).isZero();
    for (double[] e :
        new double[][] {{0, 0.5, 1}, {0.5, 0.5, 0}, {0.5, 0.5, 1}, {1, 1e-80, 1}, {1e-80, 1, 1}}) {
      DecayedEstimator estimator = decayed(spec);
      for (int k = 0; k < 3; k++) {
        estimator.add(EstimatorBadInputTest.full(e[0], e[1], e[2]), k * 30_000_000L);
        PointEstimate estimate = estimator.estimate();
        estimate.value().ifPresent(x -> assertThat(x).isFinite());
        estimate.standardError().ifPresent(x -> assertThat(x).isFinite().isNotNegative());
        assertThat(estimate.standardError().isPresent() && k == 0).isFalse();
        assertThat(estimator.effectiveSampleSize()).isFinite().isNotNegative();
      }
    }
  }
}
