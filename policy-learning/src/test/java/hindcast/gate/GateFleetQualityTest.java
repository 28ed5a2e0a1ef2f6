package hindcast.gate;

import static org.assertj.core.api.Assertions.assertThat;

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
 * times in at least 180 of 200 streams. A candidate that is better by .1 is promoted in at least
 * 180 of them, one that is worse by .1 rejected.
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

  /** What happened to a candidate: ever promoted, ever rejected, ever missed. */
  private record Life(boolean promoted, boolean rejected, boolean missed) {}

  private static Life life(int line, int candidate, double difference) {
    SplittableRandom random = new SplittableRandom(1_000_003L * line + candidate);
    double contrast = difference / .8;
    PromotionEvidence evidence = new PromotionEvidence(rule(), candidate);
    boolean promoted = false;
    boolean rejected = false;
    boolean missed = false;
    for (int i = 1; i <= LENGTH; i++) {
      double u = random.nextDouble();
      int a = u < LOGGING[0] ? 0 : u < LOGGING[0] + LOGGING[1] ? 1 : 2;
      double reward = random.nextDouble() < .3 + contrast * (a - 1) ? 1 : 0;
      evidence.add(i, "s", "a" + a, TARGET[a] / LOGGING[a], reward);
      missed |= i % 25 == 0 && !evidence.interval().contains(difference);
      if (i % ASK_EVERY == 0) {
        GateOutcome outcome = evidence.decide(i, List.of()).outcome();
        promoted |= outcome == GateOutcome.PROMOTE;
        rejected |= outcome == GateOutcome.REJECT;
      }
    }
    return new Life(promoted, rejected, missed);
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
    long promoting = lines.stream().filter(line -> line.stream().anyMatch(Life::promoted)).count();
    long covering = lines.stream().filter(line -> !line.get(0).missed()).count();
    long better =
        IntStream.range(0, LINES).parallel().filter(k -> life(k, 1, .1).promoted()).count();
    long worse =
        IntStream.range(0, LINES).parallel().filter(k -> life(k, 1, -.1).rejected()).count();
    MeasuredTable table =
        new MeasuredTable("gate-fleet", "lines", "promote", "cover", "better", "worse");
    table.row(LINES, promoting, covering, better, worse);
    table.write();

    assertThat(promoting).isLessThanOrEqualTo(Quality.size(6, 12));
    assertThat(covering).isGreaterThanOrEqualTo(LINES * 9L / 10);
    assertThat(better).isGreaterThanOrEqualTo(LINES * 9L / 10);
    assertThat(worse).isGreaterThanOrEqualTo(LINES * 9L / 10);
  }
}
