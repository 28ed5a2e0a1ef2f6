package hindcast.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.ValueEstimate;
import hindcast.local.results.ResultBoard;
import hindcast.local.results.Results;
import hindcast.policy.PolicyForm;
import hindcast.policy.PolicyParameters;
import hindcast.simulation.SyntheticWorld;
import hindcast.simulation.TrueValue;
import hindcast.simulation.Truth;
import hindcast.simulation.WorldSettings;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TruthBoardTest {

  private final SyntheticWorld world = new SyntheticWorld(WorldSettings.of(3, 50));
  private final Truth truth = new Truth(world, .99);
  private final ResultBoard results = new ResultBoard();
  private final TruthBoard board = new TruthBoard(truth, results);

  @Test
  void knowsFixedPoliciesOverallAndBySegment() {
    TrueValue uniform = truth.ofUniform();
    board.put("uniform", uniform);
    assertThat(board.of("uniform", 0, "*")).hasValue(uniform.value());
    String segment = world.segment(0);
    assertThat(board.of("uniform", 0, segment)).hasValue(uniform.bySegment().get(segment));
    assertThat(board.of("uniform", 0, "nowhere")).isEmpty();
    assertThat(board.of("other", 0, "*")).isEmpty();
  }

  @Test
  void weighsVersionsOfALineByTheOutcomesTheyScored() {
    PolicyParameters first = random(1);
    PolicyParameters second = random(2);
    board.put("clpi", 1, first);
    board.put("clpi", 2, second);
    results.add(version("clpi/greedy", 1, 300));
    board.compute();
    double one = truth.of(first, PolicyForm.GREEDY).value();
    double two = truth.of(second, PolicyForm.GREEDY).value();
    assertThat(board.of("clpi/greedy", 1, "*")).hasValue(one);
    assertThat(board.of("clpi/greedy", 0, "*")).hasValue(one);

    results.add(version("clpi/greedy", 2, 100));
    assertThat(board.of("clpi/greedy", 0, "*")).isEmpty();
    board.compute();
    assertThat(board.of("clpi/greedy", 0, "*").orElseThrow())
        .isCloseTo((300 * one + 100 * two) / 400, Offset.offset(1e-12));
    assertThat(board.of("clpi", 0, "*")).isEmpty();
  }

  @Test
  void leavesOutVersionsThatScoredNothing() {
    board.put("clpi", 1, random(1));
    results.add(version("clpi", 1, 10));
    results.add(version("clpi", 2, 0));
    board.compute();
    assertThat(board.of("clpi", 0, "*")).isPresent();
    assertThat(board.of("clpi", 2, "*")).isEmpty();
  }

  @Test
  void readsNamesOfForms() {
    assertThat(PolicyName.parse("clpi").form()).contains(PolicyForm.SOFTMAX);
    assertThat(PolicyName.parse("clpi/sharpened:4"))
        .isEqualTo(new PolicyName("clpi", Optional.of(PolicyForm.SHARPENED)));
    assertThat(PolicyName.parse("clpi/what").form()).isEmpty();
  }

  private PolicyParameters random(long seed) {
    int d = world.settings().contextDimension();
    int l = world.settings().embeddingDimension();
    return new PolicyParameters(d, l, new Random(seed).doubles((long) d * l, -1, 1).toArray());
  }

  private static ValueEstimate version(String policy, long version, long outcomes) {
    return ValueEstimate.newBuilder(Results.estimate(policy, version, "IPS", "*", 1, .1))
        .setLineOutcomes(outcomes)
        .build();
  }
}
