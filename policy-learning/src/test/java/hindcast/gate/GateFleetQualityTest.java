package hindcast.gate;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.interval.Interval;
import hindcast.testing.MeasuredTable;
import hindcast.testing.Quality;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A fleet of 200 policy lines, each with three candidates one after the other that are as good as
 * the logging policy, asked for a verdict all along. At alpha = .05 at most 12 lines ever promote
 * (the 99.9 % bound of 2.5 %), and the interval of a first candidate covers the difference at all
 * times in at least 180 of 200 streams, whether it is 0, .1 or -.1. A candidate that is better by
 * .1 is promoted in at least 180 of them, one that is worse by .1 rejected.
 *
 * <p>The same for the lower bound alone, without the other conditions: at most 12 lines ever have
 * one above 0.
 *
 * <p>Short form: 60 lines, of which at most 6 promote, 54 cover and 54 are decided.
 */
class GateFleetQualityTest {
  private static final int LINES = Quality.size(60, 200);
  private static final int CANDIDATES = 3;
  private static final int LENGTH = Quality.size(3_000, 5_000);
  private static final int ASK_EVERY = 100;
  private static final double ALPHA = .05;
  private static final double[] LOGGING = {.5, .3, .2};
  private static final double[] TARGET = {.1, .3, .6};

  private static GateRule rule() {
    return new GateRule(
        ALPHA,
        0,
        new TestPlan(TestLength.ofEvents(100_000), List.of(), new PlannedTest(100_000, .5, 0, .05)),
        0,
        DifferencePrior.FLAT,
        50,
        .2,
        6,
        Long.MAX_VALUE);
  }

  /** What ever happened to a candidate; passed: its lower bound was above the margin. */
  private record Life(boolean promoted, boolean rejected, boolean missed, boolean passed) {}

  private static Life life(int line, int candidate, double difference) {
    SplittableRandom random = new SplittableRandom(1_000_003L * line + candidate);
    double contrast = difference / .8;
    PromotionEvidence evidence = new PromotionEvidence(rule(), candidate);
    boolean promoted = false;
    boolean rejected = false;
    boolean missed = false;
    boolean passed = false;
    for (int i = 1; i <= LENGTH; i++) {
      double u = random.nextDouble();
      int a = u < LOGGING[0] ? 0 : u < LOGGING[0] + LOGGING[1] ? 1 : 2;
      double reward = random.nextDouble() < .3 + contrast * (a - 1) ? 1 : 0;
      evidence.add(i, "s", "a" + a, TARGET[a] / LOGGING[a], reward);
      if (i % 25 == 0) {
        Interval interval = evidence.interval();
        missed |= !interval.contains(difference);
        passed |= interval.lower() > 0;
      }
      if (i % ASK_EVERY == 0) {
        GateOutcome outcome = evidence.decide(i, List.of()).outcome();
        promoted |= outcome == GateOutcome.PROMOTE;
        rejected |= outcome == GateOutcome.REJECT;
      }
    }
    return new Life(promoted, rejected, missed, passed);
  }

  @Test
  void linesWithoutADifferencePromoteNoMoreOftenThanTheirLevel() {
    List<List<Life>> lines =
        IntStream.range(0, LINES)
            .parallel()
            .mapToObj(
                line ->
                    IntStream.rangeClosed(1, CANDIDATES).mapToObj(k -> life(line, k, 0)).toList())
            .toList();
    List<Life> equal = lines.stream().map(line -> line.get(0)).toList();
    List<Life> better = first(.1);
    List<Life> worse = first(-.1);
    long promoting = lines.stream().filter(line -> line.stream().anyMatch(Life::promoted)).count();
    long passing = lines.stream().filter(line -> line.stream().anyMatch(Life::passed)).count();
    long promoted = better.stream().filter(Life::promoted).count();
    long rejected = worse.stream().filter(Life::rejected).count();
    MeasuredTable table =
        new MeasuredTable(
            "gate-fleet",
            "lines",
            "ever promote",
            "ever above 0",
            "cover 0",
            "cover .1",
            "cover -.1",
            "better, promoted",
            "worse, rejected");
    table.row(
        LINES,
        promoting,
        passing,
        covering(equal),
        covering(better),
        covering(worse),
        promoted,
        rejected);
    table.write();

    assertThat(promoting).isLessThanOrEqualTo(passing);
    assertThat(passing).isLessThanOrEqualTo(Quality.size(6, 12));
    for (List<Life> lives : List.of(equal, better, worse)) {
      assertThat(covering(lives)).isGreaterThanOrEqualTo(LINES * 9L / 10);
    }
    assertThat(promoted).isGreaterThanOrEqualTo(LINES * 9L / 10);
    assertThat(rejected).isGreaterThanOrEqualTo(LINES * 9L / 10);
  }

  private static List<Life> first(double difference) {
    return IntStream.range(0, LINES).parallel().mapToObj(k -> life(k, 1, difference)).toList();
  }

  private static long covering(List<Life> lives) {
    return lives.stream().filter(life -> !life.missed()).count();
  }
}
