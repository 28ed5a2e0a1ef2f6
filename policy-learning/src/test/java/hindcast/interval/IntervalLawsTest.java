package hindcast.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.regression.PromotionGate;
import hindcast.regression.RegressionDetector;
import hindcast.testing.States;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Laws of sequences and of what rests on them, on random events. */
class IntervalLawsTest {
  private static final int N = 80;

  private record Named(Object state, Adder adder, States.Writer writer, States.Restorer restorer) {}

  private interface Adder {
    void add(double weight, double reward);
  }

  private static List<Supplier<Named>> everything() {
    return List.of(
        () -> {
          RegressionDetector s = new RegressionDetector(0.1, 0.05);
          return new Named(s, s::add, s::write, s::read);
        },
        () -> {
          PromotionGate s = new PromotionGate(new PromotionGate.Rule(0.05, 0, 0.01, 4));
          return new Named(s, s::add, s::write, s::read);
        });
  }

  @Property(tries = 30)
  void halfWrittenReadAndContinuedIsTheWholeBitForBit(@ForAll long seed) {
    for (Supplier<Named> kind : everything()) {
      SplittableRandom random = new SplittableRandom(seed);
      Named whole = kind.get();
      Named half = kind.get();
      for (int k = 0; k < N; k++) {
        double w = 4 * random.nextDouble();
        double r = random.nextDouble();
        whole.adder().add(w, r);
        if (k == N / 2) {
          Named restored = kind.get();
          States.restore(half.writer(), restored.restorer());
          half = restored;
        }
        half.adder().add(w, r);
      }
      assertThat(States.bytes(half.writer()))
          .as(whole.state().getClass().getSimpleName())
          .isEqualTo(States.bytes(whole.writer()));
    }
  }

  /** The closed form of the mixture equals its defining integral, by Simpson's rule. */
  @Property(tries = 30)
  void mixtureIsTheIntegralOverBets(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MixtureSequence sequence = new MixtureSequence(0.05);
    double scale = 0.2 + 2 * random.nextDouble();
    int n = 1 + random.nextInt(200);
    double sum = 0;
    double v = 0;
    for (int t = 1; t <= n; t++) {
      double x = scale * random.nextDouble();
      double xhat = Math.min(1, (0.5 + sum) / t);
      v += (x - xhat) * (x - xhat);
      sum += x;
      sequence.add(x);
    }
    double m = Math.min(1, sum / n) * random.nextDouble();
    double s = sum - n * m;
    double a = v + 1;
    int steps = 200_000;
    double peak = s / (s + a);
    double top = exponent(peak, s, v);
    double integral = 0;
    for (int k = 0; k <= steps; k++) {
      double lam = k * (1 - 1e-12) / steps;
      double weight = k == 0 || k == steps ? 1 : k % 2 == 1 ? 4 : 2;
      integral += weight * Math.exp(exponent(lam, s, v) - top);
    }
    integral /= 3.0 * steps;
    double want = Math.log(integral) + top - 1 - Math.log(-Math.expm1(-1.0));
    assertThat(sequence.logW(m)).isCloseTo(want, within(1e-6 * (1 + Math.abs(want))));
  }

  /** The bet lam, with the density {@code e^(lam - 1) / (1 - e^-1)} of rho = 1 up to constants. */
  private static double exponent(double lam, double s, double v) {
    return lam * s + (Math.log1p(-lam) + lam) * v + lam;
  }

  @Property(tries = 50)
  void mixtureBoundIsTheRoot(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MixtureSequence sequence = new MixtureSequence(0.05);
    for (int t = 0; t < 500; t++) {
      sequence.add(0.5 + 0.4 * random.nextDouble());
    }
    double lower = sequence.lower();
    assertThat(lower).isBetween(0.0, 1.0);
    assertThat(sequence.excludes(lower - 1e-9)).isTrue();
    assertThat(sequence.excludes(lower + 1e-9)).isFalse();
  }
}
