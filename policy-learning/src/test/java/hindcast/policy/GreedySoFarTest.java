package hindcast.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.propensity.Propensity;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GreedySoFarTest {
  private static final List<String> ITEMS = List.of("a", "b", "c");

  private final GreedySoFar greedy = new GreedySoFar(LoggedFeedback::segment, 4, 100);

  @Test
  void withoutFeedbackEveryItemIsAlike() {
    assertThat(greedy.probability(feedback("s", "a", 0, null))).isEqualTo(1.0 / 4);
    assertThat(greedy.probability(feedback("s", "a", 0, ITEMS))).isEqualTo(1.0 / 3);
  }

  @Test
  void theBestSoFarOfEachGroupIsShown() {
    greedy.add(feedback("s", "a", 1, ITEMS));
    greedy.add(feedback("s", "b", 0.5, ITEMS));
    greedy.add(feedback("t", "b", 0.5, ITEMS));
    assertThat(greedy.probability(feedback("s", "a", 0, ITEMS))).isEqualTo(1);
    assertThat(greedy.probability(feedback("s", "b", 0, ITEMS))).isZero();
    assertThat(greedy.probability(feedback("s", "b", 0, List.of("c", "b")))).isEqualTo(1);
    assertThat(greedy.probability(feedback("s", "c", 0, List.of("c")))).isEqualTo(1);
    assertThat(greedy.probability(feedback("t", "b", 0, ITEMS))).isEqualTo(1);
    assertThat(greedy.probability(feedback("u", "b", 0, ITEMS))).isEqualTo(1.0 / 3);
    greedy.add(feedback("s", "b", 1, ITEMS));
    assertThat(greedy.probability(feedback("s", "b", 0, null))).isEqualTo(1);
  }

  @Test
  void equalsGoToTheFirstAndFailuresCount() {
    greedy.add(feedback("s", "b", 0, ITEMS));
    greedy.add(feedback("s", "a", 0, ITEMS));
    assertThat(greedy.probability(feedback("s", "b", 0, ITEMS))).isEqualTo(1);
    greedy.add(feedback("s", "a", 1, ITEMS));
    greedy.add(feedback("s", "b", 1, ITEMS));
    for (int k = 0; k < 5; k++) {
      greedy.add(feedback("s", "b", 0, ITEMS));
    }
    assertThat(greedy.probability(feedback("s", "a", 0, ITEMS))).isEqualTo(1);
  }

  @Test
  void itsChoiceIsThatOfASearchThroughEverything() {
    Random random = new Random(20260107);
    GreedySoFar policy = new GreedySoFar(LoggedFeedback::segment, 20, 1000);
    double[] rewards = new double[20];
    long[] shown = new long[20];
    int compared = 0;
    for (int n = 0; n < 2000; n++) {
      int best = -1;
      for (int item = 0; item < 20; item++) {
        if (shown[item] > 0
            && (best < 0 || score(rewards, shown, item) > score(rewards, shown, best))) {
          best = item;
        }
      }
      if (best >= 0) {
        String name = Integer.toString(best);
        if (countOf(rewards, shown, score(rewards, shown, best)) == 1) {
          assertThat(policy.probability(feedback("s", name, 0, null))).isEqualTo(1);
          compared++;
        }
      }
      int item = random.nextInt(20);
      double reward = random.nextInt(100) < 3 * item ? random.nextDouble() : 0;
      policy.add(feedback("s", Integer.toString(item), reward, null));
      shown[item]++;
      rewards[item] += reward;
    }
    assertThat(compared).isGreaterThan(1900);
  }

  @Test
  void memoryIsBounded() {
    GreedySoFar small = new GreedySoFar(LoggedFeedback::segment, 4, 2);
    for (String item : ITEMS) {
      small.add(feedback("s", item, item.equals("c") ? 1 : 0, ITEMS));
    }
    assertThat(small.probability(feedback("s", "a", 0, ITEMS))).isEqualTo(1);
    assertThatThrownBy(() -> new GreedySoFar(LoggedFeedback::segment, 4, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }

  private static double score(double[] rewards, long[] shown, int item) {
    return rewards[item] / (shown[item] + 10);
  }

  private static int countOf(double[] rewards, long[] shown, double score) {
    int count = 0;
    for (int item = 0; item < rewards.length; item++) {
      count += shown[item] > 0 && score(rewards, shown, item) == score ? 1 : 0;
    }
    return count;
  }

  private static LoggedFeedback feedback(
      String segment, String item, double reward, List<String> eligible) {
    return new LoggedFeedback(
        "i",
        0,
        segment,
        Context.dense(new float[] {1}),
        item,
        0,
        eligible,
        "logging",
        0,
        reward,
        Propensity.logged(0.5));
  }
}
