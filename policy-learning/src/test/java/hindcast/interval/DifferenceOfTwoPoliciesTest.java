package hindcast.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The sequence of the difference of two policies neither of which made the log. */
class DifferenceOfTwoPoliciesTest {
  private static final double[] LOGGING = {.7, .2, .1};
  private static final double[] ONE = {.1, .3, .6};
  private static final double[] OTHER = {.2, .7, .1};
  private static final double[] REWARD = {.2, .3, .6};
  private static final int STREAMS = 100;
  private static final int EVENTS = 2_000;

  @Test
  void coversAtAllTimesThoughWeightsAreAboveOne() {
    double truth = 0;
    for (int a = 0; a < REWARD.length; a++) {
      truth += (ONE[a] - OTHER[a]) * REWARD[a];
    }
    int missed = 0;
    double width = 0;
    for (int stream = 0; stream < STREAMS; stream++) {
      Random random = new Random(stream);
      DifferenceSequence sequence = new DifferenceSequence(.05);
      boolean covers = true;
      for (int t = 1; t <= EVENTS; t++) {
        double u = random.nextDouble();
        int a = u < LOGGING[0] ? 0 : u < LOGGING[0] + LOGGING[1] ? 1 : 2;
        double reward = random.nextDouble() < REWARD[a] ? 1 : 0;
        sequence.add(ONE[a] / LOGGING[a], OTHER[a] / LOGGING[a], reward);
        if (t % 50 == 0) {
          Interval interval = sequence.interval();
          covers &= interval.lower() <= truth && truth <= interval.upper();
        }
      }
      missed += covers ? 0 : 1;
      width += (sequence.interval().upper() - sequence.interval().lower()) / STREAMS;
    }
    // At level .05 more than 13 of 100 misses have a probability below 1e-3.
    assertThat(missed).isLessThanOrEqualTo(13);
    assertThat(width).isLessThan(.6);
  }

  @Test
  void againstTheLoggingPolicyItIsTheSequenceOfTheWeightAlone() {
    Random random = new Random(3);
    DifferenceSequence one = new DifferenceSequence(.05);
    DifferenceSequence two = new DifferenceSequence(.05);
    for (int t = 0; t < 500; t++) {
      double weight = 3 * random.nextDouble();
      double reward = random.nextDouble();
      one.add(weight, reward);
      two.add(weight, 1, reward);
    }
    assertThat(two.interval().lower()).isCloseTo(one.interval().lower(), within(1e-9));
    assertThat(two.interval().upper()).isCloseTo(one.interval().upper(), within(1e-9));
  }
}
