package hindcast.regression;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.interval.AlphaSpending;
import hindcast.testing.MeasuredTable;
import hindcast.testing.Quality;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Fleets of simulated streams of a deployed policy, with a champion of known value and the promise
 * of that value.
 *
 * <ul>
 *   <li>No difference: at most 20 of 200 streams ever alert at alpha = .05, with both tests and the
 *       change detectors at work (the 99.9 % bound of 5 %; 9 of 60 in the short form), and at most
 *       34 ever name one of ten segments at a false discovery rate of .1 (14 of 60).
 *   <li>A drop of 10 % of the reward rate: the median delay over 200 streams is at most twice that
 *       of the constant bet that is log-optimal for the true distribution of the same X, tolerated
 *       drop 0 in both, the whole alpha given to that bet, and to the detector's test what a first
 *       deployment has: nine tenths of 6 / pi^2 of it. Weights between .8 and 1.2, of a mean
 *       squared deviation of .18, up to 10 and up to 25.
 * </ul>
 */
class DeployedRegressionQualityTest {
  private static final int STREAMS = Quality.size(60, 200);
  private static final int DROPS = 200;
  private static final int FALSE_ALARMS = Quality.full() ? 20 : 9;
  private static final int FALSE_SEGMENTS = Quality.full() ? 34 : 14;
  private static final int DEPLOYMENTS = Quality.size(1, 3);
  private static final double ALPHA = 0.05;
  private static final int LENGTH = 20_000;
  private static final SliceRegressions.Rule SLICES = new SliceRegressions.Rule(0, .1, 200, 10);

  private static RegressionSettings settings(double alpha) {
    return new RegressionSettings(0, alpha, 1e6);
  }

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

    /** Tests under a share of alpha, with the champion's value promised. */
    DeployedRegression regression(double alpha, double promised) {
      return new DeployedRegression(settings(alpha), OptionalDouble.of(promised));
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

  private static World close(double rate, double drop) {
    double[] deployed = {.25, .25, .25, .25};
    return World.of("close", deployed, new double[] {.3, .27, .23, .2}, rate, drop);
  }

  private static World wild(double rate, double drop) {
    double[] deployed = {.004, .166, .166, .166, .166, .166, .166};
    double[] champion = {.1, .15, .15, .15, .15, .15, .15};
    return World.of("wild", deployed, champion, rate, drop);
  }

  private static long[] fleet(int streams, LongUnaryOperator stream) {
    return IntStream.range(0, streams).parallel().mapToLong(stream::applyAsLong).toArray();
  }

  @Test
  void streamsWithoutDifferenceRarelyAlert() {
    MeasuredTable table =
        new MeasuredTable("deployed-false-alarms", "weights", "of", "alert", "name a segment");
    for (World world : new World[] {close(.1, 0), narrow(.1, 0), wide(.1, 0), wild(.1, 0)}) {
      long[] ever = fleet(STREAMS, seed -> everRaised(world, seed));
      long alerts = Arrays.stream(ever).filter(raised -> raised % 2 == 1).count();
      long segments = Arrays.stream(ever).filter(raised -> raised >= 2).count();
      table.row(world.name(), STREAMS, alerts, segments);
      assertThat(alerts).as(world.name()).isLessThanOrEqualTo(FALSE_ALARMS);
      assertThat(segments).as(world.name()).isLessThanOrEqualTo(FALSE_SEGMENTS);
    }
    table.write();
  }

  /** 1 for an alert of the deployed policy, and 2 for one of a segment. */
  private static long everRaised(World world, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DeployedRegression regression = world.regression(ALPHA, world.value());
    SequentialWatch[] watches = {regression.champion(), regression.promise().orElseThrow()};
    SliceRegressions slices = new SliceRegressions(SLICES);
    boolean alerted = false;
    boolean named = false;
    for (int t = 0; t < LENGTH; t++) {
      int a = world.draw(random);
      double reward = random.nextDouble() < world.means()[a] ? 1 : 0;
      regression.add(world.weight(a), reward);
      slices.add(
          "segment-" + Math.min(9, (int) (-3 * Math.log(random.nextDouble()))),
          world.weight(a),
          reward);
      for (SequentialWatch watch : watches) {
        alerted |= watch.test().rejected() || watch.change().alarmed();
      }
      named |= t % 100 == 0 && !slices.found().isEmpty();
    }
    long raised = alerted ? 1 : 0;
    return named ? raised + 2 : raised;
  }

  @Test
  void dropsAreFoundWithinTwiceTheDelayOfTheLogOptimalBet() {
    MeasuredTable table =
        new MeasuredTable(
            "deployed-delays",
            "weights",
            "rate",
            "log-optimal bet",
            "its delay",
            "deployment",
            "delay",
            "ratio");
    for (World world :
        new World[] {
          close(.5, .1), narrow(.1, .1), narrow(.5, .1), wide(.1, .1), wide(.5, .1), wild(.5, .1)
        }) {
      double lam = world.logOptimal();
      double best = median(fleet(DROPS, seed -> constantBetDelay(world, lam, seed)));
      for (int k = 1; k <= DEPLOYMENTS; k++) {
        double alpha = AlphaSpending.ofVersion(ALPHA, k);
        double median = median(fleet(DROPS, seed -> delay(world, alpha, seed)));
        table.row(world.name(), world.value() / .9, lam, best, k, median, median / best);
        if (k == 1) {
          assertThat(median / best).as(world.name() + world.value()).isLessThanOrEqualTo(2);
        }
      }
    }
    table.write();
  }

  private static double median(long[] delays) {
    long[] sorted = delays.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
  }

  private static long delay(World world, double alpha, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DeployedRegression regression = world.regression(alpha, world.value() / .9);
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
