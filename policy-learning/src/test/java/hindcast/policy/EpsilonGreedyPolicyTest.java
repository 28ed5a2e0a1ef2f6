package hindcast.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.policy.EpsilonGreedyPolicy.Choice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpsilonGreedyPolicyTest {
  private static final List<String> ITEMS = List.of("a", "b", "c", "d");

  private final TablePolicy table =
      new TablePolicy(
          Map.of(
              new TablePolicy.Key("a", "s"), 0.2,
              new TablePolicy.Key("c", "s"), 0.4,
              new TablePolicy.Key("b", "s"), 0.4,
              new TablePolicy.Key("d", "t"), 1.0));

  @Test
  void theBestItemHasTheRest() {
    EpsilonGreedyPolicy policy = new EpsilonGreedyPolicy(0.2, Choice.always("b"), 4);
    assertThat(policy.probability("s", "b", null)).isCloseTo(0.8 + 0.05, within(1e-15));
    assertThat(policy.probability("s", "a", null)).isCloseTo(0.05, within(1e-15));
    assertThat(policy.probability("s", "a", List.of("a", "b"))).isCloseTo(0.1, within(1e-15));
    assertThat(policy.probability("s", "c", List.of("a", "b"))).isZero();
    assertThat(policy.probability("s", "a", List.of("a", "c"))).isCloseTo(0.1, within(1e-15));
  }

  @Test
  void aTableShowsItsMostProbableEligibleItem() {
    MostProbableItem choice = new MostProbableItem(table);
    assertThat(choice.best("s", null)).isEqualTo("b");
    assertThat(choice.best("s", List.of("c", "a"))).isEqualTo("c");
    assertThat(choice.best("s", List.of("d"))).isNull();
    assertThat(choice.best("u", null)).isNull();
  }

  @Test
  void probabilitiesAddUpToOne() {
    for (double epsilon : new double[] {0, 0.3, 1}) {
      EpsilonGreedyPolicy policy =
          new EpsilonGreedyPolicy(epsilon, new MostProbableItem(table), ITEMS.size());
      for (List<String> eligible : List.of(ITEMS, List.of("a", "d"))) {
        double sum =
            eligible.stream().mapToDouble(item -> policy.probability("s", item, eligible)).sum();
        assertThat(sum).isCloseTo(1, within(1e-12));
      }
      double all = ITEMS.stream().mapToDouble(item -> policy.probability("s", item, null)).sum();
      assertThat(all).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void epsilonIsAProbability() {
    assertThatThrownBy(() -> new EpsilonGreedyPolicy(1.5, Choice.always("a"), 4))
        .hasMessage("epsilon must be in [0, 1]: 1.5");
    assertThatThrownBy(() -> PolicyForm.parse("epsilon:1.5"))
        .hasMessage("epsilon must be in (0, 1]: 1.5");
    assertThat(PolicyForm.parse("epsilon:0")).isEqualTo(PolicyForm.GREEDY);
    assertThat(PolicyForm.parse("epsilon:0.1").text()).isEqualTo("epsilon:0.1");
  }
}
