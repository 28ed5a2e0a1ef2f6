package hindcast.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.testing.States;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The laws that tie the estimators together, on random events. */
class EstimatorLawsTest {
  private static final int N = 60;

  private static List<EstimatorSpec> everyEstimator() {
    List<EstimatorSpec> specs = new ArrayList<>();
    for (EstimatorMethod method : EstimatorMethod.values()) {
      specs.add(EstimatorSpec.parse(method.example()));
    }
    return specs;
  }

  private static ValueEstimator estimator(String spec) {
    return EstimatorSpec.parse(spec).create();
  }

  private static double term(String spec, ScoredFeedback f) {
    return ((MeanEstimator) estimator(spec)).term(f);
  }

  private static void assertClose(PointEstimate got, PointEstimate want) {
    assertThat(got.n()).isEqualTo(want.n());
    assertThat(got.value().isPresent()).isEqualTo(want.value().isPresent());
    if (want.value().isPresent()) {
      double v = want.value().getAsDouble();
      assertThat(got.value().getAsDouble()).isCloseTo(v, within(1e-11 * (1 + Math.abs(v))));
    }
    assertThat(got.standardError().isPresent()).isEqualTo(want.standardError().isPresent());
    if (want.standardError().isPresent()) {
      double se = want.standardError().getAsDouble();
      assertThat(got.standardError().getAsDouble()).isCloseTo(se, within(1e-7 * (1 + se)));
    }
  }

  @Property(tries = 40)
  void mergeInAnyGroupingAndOrderIsAddingAll(@ForAll long seed) {
    List<ScoredFeedback> events = Events.random(seed, N);
    SplittableRandom random = new SplittableRandom(seed + 1);
    for (EstimatorSpec spec : everyEstimator()) {
      ValueEstimator whole = spec.create();
      events.forEach(whole::add);
      List<ValueEstimator> parts = new ArrayList<>();
      for (int k = 0; k < 1 + random.nextInt(6); k++) {
        parts.add(spec.create());
      }
      events.forEach(f -> parts.get(random.nextInt(parts.size())).add(f));
      while (parts.size() > 1) {
        ValueEstimator other = parts.remove(random.nextInt(parts.size()));
        parts.get(random.nextInt(parts.size())).merge(other);
      }
      assertClose(parts.get(0).estimate(), whole.estimate());
    }
  }

  @Property(tries = 40)
  void halfWrittenReadAndContinuedIsTheWholeBitForBit(@ForAll long seed) {
    List<ScoredFeedback> events = Events.random(seed, N);
    for (EstimatorSpec spec : everyEstimator()) {
      ValueEstimator whole = spec.create();
      ValueEstimator half = spec.create();
      events.forEach(whole::add);
      events.subList(0, N / 2).forEach(half::add);
      ValueEstimator restored = spec.create();
      States.restore(half::write, restored::read);
      events.subList(N / 2, N).forEach(restored::add);
      assertThat(States.bytes(restored::write))
          .as(spec.toString())
          .isEqualTo(States.bytes(whole::write));
    }
  }

  @Property(tries = 100)
  void uipsWithoutUncertaintyIsShrinkage(@ForAll long seed) {
    ScoredFeedback f = Events.random(seed, 1).get(0).withUncertainty(0);
    double shrunk = term("SHRINK:lambda=7", f);
    assertThat(term("UIPS:lambda=7,eta1=1,eta2=1e6,gamma=2", f))
        .isCloseTo(shrunk, within(1e-13 * (1 + shrunk)));
    double dr = term("SHRINK_DR:lambda=7", f);
    assertThat(term("UIPS_DR:lambda=7,eta1=1,eta2=1e6,gamma=2", f))
        .isCloseTo(dr, within(1e-13 * (1 + Math.abs(dr))));
  }

  @Property(tries = 100)
  void limitsOfTheParameters(@ForAll long seed) {
    ScoredFeedback f = Events.random(seed, 1).get(0);
    double ips = f.weight() * f.reward();
    double tolerance = 1e-12 * (1 + ips);
    for (String spec :
        List.of(
            "CIPS_CAP:cap=inf",
            "CIPS_FLOOR:floor=0",
            "IX:gamma=0",
            "ES:alpha=1",
            "HARMONIC:lambda=0",
            "SHRINK:lambda=inf",
            "UIPS_P:gamma=0",
            "UIPS_O:gamma=0",
            "IPS_UN:alpha=0")) {
      assertThat(term(spec, f)).as(spec).isCloseTo(ips, within(tolerance));
    }
    assertThat(term("LS:lambda=1e-12", f)).isCloseTo(ips, within(1e-9 * (1 + ips)));
    double dr = term("DR", f);
    double dm = term("DM", f);
    for (String spec : List.of("DR_FLOOR:floor=0", "SWITCH_DR:threshold=inf", "DROS:lambda=inf")) {
      assertThat(term(spec, f)).as(spec).isCloseTo(dr, within(1e-12 * (1 + Math.abs(dr))));
    }
    assertThat(term("DROS:lambda=0", f)).isEqualTo(dm);
    ScoredFeedback singleton = f.withCluster(f.targetProbability(), f.propensity());
    assertThat(term("MIPS", singleton)).isCloseTo(ips, within(tolerance));
    assertThat(term("OFFCEM", singleton)).isCloseTo(dr, within(1e-12 * (1 + Math.abs(dr))));
  }

  @Property(tries = 200)
  void pessimismIsOrdered(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ScoredFeedback f = Events.one(random);
    double lambda = Math.exp(6 * random.nextDouble() - 4);
    double ix = term("IX:gamma=" + lambda / 2, f);
    double lsLin = term("LS_LIN:lambda=" + lambda, f);
    double ls = term("LS:lambda=" + lambda, f);
    double ips = f.weight() * f.reward();
    double slack = 1e-13 * (1 + ips);
    assertThat(ix).isLessThanOrEqualTo(lsLin + slack);
    assertThat(lsLin).isLessThanOrEqualTo(ls + slack);
    assertThat(ls).isLessThanOrEqualTo(ips + slack);
  }

  @Property(tries = 50)
  void differenceOfAPolicyToItselfIsZero(@ForAll long seed) {
    for (String spec : List.of("IPS", "CIPS_CAP:cap=2", "DR", "UIPS:lambda=3")) {
      PairedDifference difference = new PairedDifference(EstimatorSpec.parse(spec));
      Events.random(seed, N).forEach(f -> difference.add(f, f));
      assertThat(difference.estimate().value()).hasValue(0);
      assertThat(difference.estimate().standardError()).hasValue(0);
    }
  }

  @Property(tries = 50)
  void differenceIsTheDifferenceOfTheEstimates(@ForAll long seed) {
    List<ScoredFeedback> a = Events.random(seed, N);
    List<ScoredFeedback> b = Events.random(seed + 1, N);
    PairedDifference difference = new PairedDifference(EstimatorSpec.parse("DR"));
    ValueEstimator left = estimator("DR");
    ValueEstimator right = estimator("DR");
    for (int k = 0; k < N; k++) {
      difference.add(a.get(k), b.get(k));
      left.add(a.get(k));
      right.add(b.get(k));
    }
    double want = left.estimate().value().getAsDouble() - right.estimate().value().getAsDouble();
    assertThat(difference.estimate().value().getAsDouble()).isCloseTo(want, within(1e-11));
  }

  @Property(tries = 50)
  void snipsMovesWithTheReward(@ForAll long seed) {
    ValueEstimator plain = estimator("SNIPS");
    ValueEstimator moved = estimator("SNIPS");
    for (ScoredFeedback f : Events.random(seed, N)) {
      plain.add(f);
      moved.add(Events.withReward(f, 0.25 + 0.5 * f.reward()));
    }
    assertThat(moved.estimate().value().getAsDouble())
        .isCloseTo(0.25 + 0.5 * plain.estimate().value().getAsDouble(), within(1e-12));
    assertThat(moved.estimate().standardError().getAsDouble())
        .isCloseTo(0.5 * plain.estimate().standardError().getAsDouble(), within(1e-10));
  }
}
