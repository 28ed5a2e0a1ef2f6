package hindcast.interval;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.testing.MeasuredTable;
import hindcast.testing.Quality;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Fleets of 200 streams (60 in the short form): the 95 % sequence of the difference covers it at
 * all times in at least 180 of them, to the logging policy and to another one, at a difference of 0
 * and of a tenth of the reward rate, for weights up to 3 and up to 25, for yes-or-no rewards and
 * for a Pareto tail of index 1.5 cut at 100 times its minimum.
 *
 * <p>Asked after each of the first 100 events, then after every 25th.
 */
class DifferenceFleetQualityTest {
  private static final int STREAMS = Quality.size(60, 200);
  private static final int LENGTH = Quality.size(1_500, 10_000);
  private static final double RATE = .2;

  /** Shares of the logging policy, of the one evaluated and of the deployed one. */
  private record World(String name, double[] logging, double[] target, double[] deployed) {
    int draw(SplittableRandom random) {
      double u = random.nextDouble();
      int a = 0;
      while (a < logging.length - 1 && (u -= logging[a]) >= 0) {
        a++;
      }
      return a;
    }

    /** Chance of a reward that makes the target worse than the deployed policy by a share of it. */
    double chance(int a, double drop) {
      double spread = 0;
      for (int b = 0; b < logging.length; b++) {
        double apart = target[b] - deployed[b];
        spread += apart * apart;
      }
      return RATE * (1 - drop * (target[a] - deployed[a]) / spread);
    }
  }

  private static final World NARROW =
      new World(
          "to 3", new double[] {.5, .3, .2}, new double[] {.1, .3, .6}, new double[] {.5, .3, .2});
  private static final World WILD =
      new World(
          "to 25",
          new double[] {.02, .18, .4, .4},
          new double[] {.5, .1, .2, .2},
          new double[] {.1, .5, .2, .2});

  @Test
  void differencesAreCoveredAtAllTimes() {
    MeasuredTable table =
        new MeasuredTable("difference-fleets", "weights", "to", "rewards", "drop", "of", "cover");
    for (World world : new World[] {NARROW, WILD}) {
      for (boolean heavy : new boolean[] {false, true}) {
        for (double drop : new double[] {0, .1}) {
          long covering =
              IntStream.range(0, STREAMS)
                  .parallel()
                  .filter(stream -> covers(world, heavy, drop, stream))
                  .count();
          table.row(
              world.name(),
              world.equals(NARROW) ? "logging" : "another",
              heavy ? "Pareto" : "Bernoulli",
              drop,
              STREAMS,
              covering);
          assertThat(covering).as(world.name()).isGreaterThanOrEqualTo(STREAMS * 9L / 10);
        }
      }
    }
    table.write();
  }

  private static boolean covers(World world, boolean heavy, double drop, int stream) {
    SplittableRandom random = new SplittableRandom(15_485_863L * stream);
    double size = heavy ? .01 + (.01 - Math.pow(.01, 1.5)) / .5 : 1;
    double truth = -drop * RATE * size;
    DifferenceSequence sequence = new DifferenceSequence(.05);
    for (int t = 1; t <= LENGTH; t++) {
      int a = world.draw(random);
      double reward = random.nextDouble() < world.chance(a, drop) ? 1 : 0;
      if (heavy) {
        reward *= Math.min(1, .01 * Math.pow(1 - random.nextDouble(), -1 / 1.5));
      }
      double other = world.deployed()[a] / world.logging()[a];
      sequence.add(world.target()[a] / world.logging()[a], other, reward);
      if ((t <= 100 || t % 25 == 0) && !sequence.interval().contains(truth)) {
        return false;
      }
    }
    return true;
  }
}
