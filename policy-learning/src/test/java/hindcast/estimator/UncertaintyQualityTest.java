package hindcast.estimator;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.estimator.EstimatedPropensityWorld.Setting;
import hindcast.propensity.Propensity;
import hindcast.testing.MeasuredTable;
import hindcast.testing.Quality;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The true log-propensity lies within 2 U of the estimated one for 94 to 98 % of the (segment,
 * item) pairs seen 30 times or more; with a half-life, whose U is that of the decayed counts as if
 * they were whole events, for at least 94 %.
 */
class UncertaintyQualityTest {
  private static final Setting SETTING = new Setting(20, 50, 50_000, 1, 1);
  private static final int WORLDS = Quality.size(6, 100);
  private static final int SEEN = 30;

  @Test
  void uncertaintyHoldsTheTruthAsOftenAsItSays() {
    MeasuredTable table =
        new MeasuredTable("uncertainty", "half-life, events", "pairs", "within 2 U");
    long[] plain = measure(Double.POSITIVE_INFINITY);
    table.row("none", plain[0], percent(plain));
    for (int halfLife : new int[] {25_000, 10_000, 2_500}) {
      long[] decayed = measure(halfLife);
      table.row(halfLife, decayed[0], percent(decayed));
      assertThat(share(decayed)).as("half-life " + halfLife).isGreaterThanOrEqualTo(0.94);
    }
    table.write();
    assertThat(plain[0]).isGreaterThanOrEqualTo(2_000);
    assertThat(share(plain)).as("without half-life").isBetween(0.94, 0.98);
  }

  private static double share(long[] counts) {
    return (double) counts[1] / counts[0];
  }

  private static String percent(long[] counts) {
    return "%.1f %%".formatted(100 * share(counts));
  }

  /**
   * Pairs seen often enough, and those of them whose truth lies within 2 U; one event a
   * microsecond.
   */
  private static long[] measure(double halfLife) {
    return IntStream.range(0, WORLDS)
        .parallel()
        .mapToObj(world -> pairs(halfLife, 500 + world))
        .reduce(new long[2], (x, y) -> new long[] {x[0] + y[0], x[1] + y[1]});
  }

  private static long[] pairs(double halfLife, long seed) {
    EstimatedPropensityWorld world = new EstimatedPropensityWorld(SETTING, halfLife, seed);
    ScoredFeedback f = new ScoredFeedback();
    int[][] seen = new int[SETTING.segments()][SETTING.items()];
    for (int n = 0; n < SETTING.events(); n++) {
      int[] shown = world.next(f, n);
      seen[shown[0]][shown[1]]++;
    }
    long[] counts = new long[2];
    for (int s = 0; s < SETTING.segments(); s++) {
      for (int a = 0; a < SETTING.items(); a++) {
        if (seen[s][a] >= SEEN) {
          Propensity p = world.estimate(s, a, SETTING.events());
          double error = Math.log(p.value()) - Math.log(world.logging(s, a));
          counts[0]++;
          counts[1] += Math.abs(error) <= 2 * p.uncertainty() ? 1 : 0;
        }
      }
    }
    return counts;
  }
}
