package hindcast.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.feedback.LoggedFeedback;
import hindcast.policy.PolicyParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LabelledWorldTest {
  private static final LabelledRows ROWS = LabelledRows.parse(lines(600), 0);

  /** Three classes, of which two numbers tell. */
  private static List<String> lines(int n) {
    SplittableRandom random = new SplittableRandom(1);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int label = random.nextInt(3);
      double x = (label == 0 ? 2 : 0) + random.nextDouble(-1, 1);
      double y = (label == 1 ? 2 : 0) + random.nextDouble(-1, 1);
      lines.add("abc".charAt(label) + "," + x + "," + y + ",7");
    }
    return lines;
  }

  @Test
  void theLoggerIsAsRightAsItIsAskedToBe() {
    LabelledWorld world = new LabelledWorld(ROWS, .6, 1, 0);
    assertThat(world.loggingValue()).isCloseTo(.6, within(1e-9));
    for (int row = 0; row < ROWS.size(); row++) {
      assertThat(Arrays.stream(world.logging(row)).sum()).isCloseTo(1, within(1e-12));
      assertThat(Arrays.stream(world.logging(row)).min().orElseThrow())
          .isGreaterThanOrEqualTo(.1 / 3);
    }
  }

  @Test
  void impressionsFollowTheirPropensities() {
    LabelledWorld world = new LabelledWorld(ROWS, .6, 1, 5);
    int n = 20_000;
    double reward = 0;
    double weights = 0;
    for (int event = 0; event < n; event++) {
      LoggedFeedback feedback = world.feedback(event);
      reward += feedback.reward() / n;
      weights += 1 / (3 * feedback.propensity().value()) / n;
    }
    assertThat(reward).isCloseTo(.6, within(.015));
    assertThat(weights).isCloseTo(1, within(.03));
    assertThat(world.feedback(7)).isEqualTo(new LabelledWorld(ROWS, .6, 1, 5).feedback(7));
    assertThat(world.feedback(7).eventTimeMicros()).isEqualTo(7_000_005);
  }

  @Test
  void valuesAreMeansOverTheRows() {
    PolicyParameters none = PolicyParameters.zero(ROWS.contextDimension(), 3);
    assertThat(LabelledWorld.value(none, ROWS)).isCloseTo(1 / 3.0, within(1e-12));
    PolicyParameters fitted = LabelledWorld.regression(ROWS, 600, 300, .05, 1).parameters();
    assertThat(LabelledWorld.accuracy(fitted, ROWS)).isGreaterThan(.85);
  }

  @Test
  void partsAreDisjointAndOfOneScale() {
    List<LabelledRows> parts = ROWS.split(100, 3);
    assertThat(parts.get(0).size()).isEqualTo(500);
    assertThat(parts.get(1).size()).isEqualTo(100);
    double first = 0;
    for (LabelledRows part : parts) {
      for (int row = 0; row < part.size(); row++) {
        assertThat(part.context(row).toArray()[0]).isEqualTo(1);
        assertThat(part.context(row).toArray()[3]).as("a constant column").isZero();
        first += part.context(row).toArray()[1];
      }
    }
    assertThat(first).isCloseTo(0, within(1e-3));
  }

  @Test
  void brokenRowsAreNamed() {
    assertThatThrownBy(() -> LabelledRows.parse(List.of("a,1", "b,x"), 0))
        .hasMessage("row 2, column 2 must be a number: x");
    assertThatThrownBy(() -> LabelledRows.parse(List.of("a,1", "b,1,2"), 0))
        .hasMessage("row 2 must have 2 columns as the first: it has 3");
    assertThatThrownBy(() -> LabelledRows.parse(List.of("a,1", "a,2"), 0))
        .hasMessage("rows must have two classes or more: they have 1");
    assertThatThrownBy(() -> LabelledRows.parse(List.of("1,a", "2"), -1))
        .hasMessage("row 2 must have a label and numbers: it has 1");
    assertThatThrownBy(() -> new LabelledWorld(ROWS, .1, 1, 0))
        .hasMessageStartingWith("accuracy of the logging policy must be above ");
    assertThatThrownBy(() -> ROWS.split(600, 1))
        .hasMessage("held-out rows must be at least 1 and fewer than 600: 600");
  }
}
