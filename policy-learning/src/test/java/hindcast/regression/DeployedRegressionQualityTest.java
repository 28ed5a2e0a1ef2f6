package hindcast.regression;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.testing.MeasuredTable;
import hindcast.testing.Quality;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Fleets of simulated streams of a deployed policy, with a champion of known value.
 *
 * <ul>
 *   <li>No difference: at most 20 of 200 streams ever alert at alpha = .05, with both tests and the
 *       change detectors at work (the 99.9 % bound of 5 %; 10 of 60 in the short form).
 *   <li>A drop of 10 % of the reward rate: the median delay is at most twice that of the constant
 *       bet that is log-optimal for the true distribution of the same X, tolerated drop 0 in both,
 *       the whole alpha given to that bet and nine tenths of it to the detector's test.
 * </ul>
 */
class DeployedRegressionQualityTest {
  private static final int STREAMS = Quality.size(60, 200);
  private static final int FALSE_ALARMS = Quality.full() ? 20 : 10;
  private static final double ALPHA = 0.05;
  private static final RegressionSettings SETTINGS = new RegressionSettings(0, ALPHA, 1e6);

  /** The deployed policy's shares, the champion's, and the mean reward of each item. */
  private record World(String name, double[] deployed, double[] champion, double[] means) {
    /** The champion's value is {@code rate}, the deployed policy's lower by a share of it. */
    static World of(String name, double[] deployed, double[] champion, double rate, double drop) {
      double spread = 0;
      for (int a = 0; a < deployed.length; a++) {
        double ratio = champion[a] / deployed[a];
        spread += deployed[a] * (ratio - 1) * (ratio - 1);
      }
      double[] means = new double[deployed.length];
      for (int a = 0; a < deployed.length; a++) {
        means[a] = rate * (1 - drop) + rate * drop / spread * (champion[a] / deployed[a] - 1);
      }
      return new World(name, deployed, champion, means);
    }

    double value() {
      return IntStream.range(0, means.length).mapToDouble(a -> deployed[a] * means[a]).sum();
    }

    int draw(SplittableRandom random) {
      double u = random.nextDouble();
      for (int a = 0; a < deployed.length - 1; a++) {
        u -= deployed[a];
        if (u < 0) {
          return a;
        }
      }
      return deployed.length - 1;
    }

    double weight(int a) {
      return champion[a] / deployed[a];
    }

    /** Growth of the constant bet lam against m0 = 1/2, per event. */
    double growth(double lam) {
      double growth = 0;
      for (int a = 0; a < means.length; a++) {
        growth += deployed[a] * means[a] * Math.log1p(lam * (weight(a) - 1) / 2);
      }
      return growth;
    }

    double logOptimal() {
      double best = 0;
      for (double lam = 0.0005; lam < 2; lam += 0.0005) {
        best = growth(lam) > growth(best) ? lam : best;
      }
      return best;
    }
  }

  private static World narrow(double rate, double drop) {
    return World.of("narrow", new double[] {.3, .3, .4}, new double[] {.45, .35, .2}, rate, drop);
  }

  private static World wide(double rate, double drop) {
    double[] deployed = {.02, .14, .14, .14, .14, .14, .14, .14};
    double[] champion = {.2, .14, .14, .14, .14, .08, .08, .08};
    return World.of("wide", deployed, champion, rate, drop);
  }

  private static long[] fleet(LongUnaryOperator stream) {
    return IntStream.range(0, STREAMS).parallel().mapToLong(stream::applyAsLong).toArray();
  }

  @Test
  void streamsWithoutDifferenceRarelyAlert() {
    MeasuredTable table =
        new MeasuredTable("deployed-false-alarms", "weights", "of " + STREAMS, "alert");
    for (World world : new World[] {narrow(.1, 0), wide(.1, 0)}) {
      long alerts = Arrays.stream(fleet(seed -> alertsWithin(world, seed, 20_000))).sum();
      table.row(world.name(), STREAMS, alerts);
      assertThat(alerts).as(world.name()).isLessThanOrEqualTo(FALSE_ALARMS);
    }
    table.write();
  }

  private static long alertsWithin(World world, long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    DeployedRegression regression =
        new DeployedRegression(SETTINGS, OptionalDouble.of(world.value()));
    SequentialWatch[] watches = {regression.champion(), regression.promise().orElseThrow()};
    for (int t = 0; t < length; t++) {
      int a = world.draw(random);
      regression.add(world.weight(a), random.nextDouble() < world.means()[a] ? 1 : 0);
      for (SequentialWatch watch : watches) {
        if (watch.test().rejected() || watch.change().alarmed()) {
          return 1;
        }
      }
    }
    return 0;
  }

  @Test
  void dropsAreFoundWithinTwiceTheDelayOfTheLogOptimalBet() {
    MeasuredTable table =
        new MeasuredTable(
            "deployed-delays", "weights", "rate", "log-optimal bet", "its delay", "delay", "ratio");
    for (World world : new World[] {narrow(.1, .1), narrow(.5, .1), wide(.5, .1)}) {
      double lam = world.logOptimal();
      double best = median(fleet(seed -> constantBetDelay(world, lam, seed)));
      double median = median(fleet(seed -> delay(world, seed)));
      table.row(world.name(), world.value() / .9, lam, best, median, median / best);
      assertThat(median / best).as(world.name() + world.value()).isLessThanOrEqualTo(2);
    }
    table.write();
  }

  private static double median(long[] delays) {
    long[] sorted = delays.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
  }

  private static long delay(World world, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DeployedRegression regression = new DeployedRegression(SETTINGS, OptionalDouble.empty());
    while (!regression.champion().test().rejected()) {
      int a = world.draw(random);
      regression.add(world.weight(a), random.nextDouble() < world.means()[a] ? 1 : 0);
    }
    return regression.n();
  }

  private static long constantBetDelay(World world, double lam, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double logE = 0;
    long n = 0;
    while (logE < -Math.log(ALPHA)) {
      int a = world.draw(random);
      double r = random.nextDouble() < world.means()[a] ? 1 : 0;
      logE += Math.log1p(lam * (DeployedRegression.observation(world.weight(a), r) - 0.5));
      n++;
    }
    return n;
  }
}
