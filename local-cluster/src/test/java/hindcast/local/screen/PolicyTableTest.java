package hindcast.local.screen;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.local.results.ResultBoard;
import hindcast.local.results.Results;
import hindcast.local.results.Truths;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PolicyTableTest {

  @Test
  void showsValueIntervalAndTruthSideBySide() {
    ResultBoard board = new ResultBoard();
    board.add(Results.checkpoint("clpi", 7));
    board.add(Results.estimate("clpi/greedy", 0, "SNIPS", "*", 1, null));
    board.add(Results.estimate("clpi/greedy", 0, "IPS", "*", 1, null));
    board.add(Results.estimate("uniform", 0, "SNIPS", "*", 1, 0.25));
    board.add(Results.estimate("logging", 0, "SNIPS", "*", 1, 0.5));
    Truths truths =
        (policy, version, segment) ->
            policy.equals("uniform") ? OptionalDouble.of(0.2512) : OptionalDouble.empty();
    List<String> lines = PolicyTable.lines(board, truths, List.of());
    assertThat(lines).hasSize(5).allSatisfy(line -> assertThat(line).hasSizeLessThan(112));
    assertThat(lines.get(1)).startsWith("logging ").contains("[0.4800, 0.5200]");
    assertThat(lines.get(2))
        .startsWith("uniform ")
        .contains("0.2500", "[0.2300, 0.2700]", "0.2512");
    assertThat(lines.get(3)).startsWith("clpi/greedy ").contains("   7 IPS", "too little support");
    assertThat(lines.get(4)).startsWith("     ").contains("SNIPS").doesNotContain("clpi");
    assertThat(PolicyTable.lines(board, truths, List.of("IPS"))).hasSize(2);
    assertThat(PolicyTable.checkpoints(board))
        .containsExactly("clpi               version 7 at step 70 (CLPI), sha256 000000000000");
  }

  @Test
  void showsNoIntervalOfALogThatContradictsItself() {
    ResultBoard board = new ResultBoard();
    board.add(
        Results.unreliable(Results.estimate("uniform", 0, "IPS", "*", 1, 0.25), "MEAN_WEIGHT"));
    board.add(
        Results.unreliable(Results.estimate("uniform", 0, "SNIPS", "*", 1, 0.25), "MEAN_WEIGHT"));
    assertThat(PolicyTable.lines(board, Truths.UNKNOWN, List.of()).get(1))
        .contains("unreliable")
        .doesNotContain("[");
    assertThat(PolicyTable.remarks(board))
        .singleElement()
        .asString()
        .startsWith("UNRELIABLE  MEAN_WEIGHT: a policy's importance weights have a mean above 1");
  }

  @Test
  void saysWhenEstimatesWillCome() {
    assertThat(PolicyTable.lines(new ResultBoard(), Truths.UNKNOWN, List.of()).get(1))
        .contains("first estimates");
  }

  @Test
  void numbersAreShortAndLineUp() {
    assertThat(Numbers.value(0.0046)).isEqualTo("0.00460");
    assertThat(Numbers.value(0.2)).isEqualTo("0.2000");
    assertThat(Numbers.value(12.345)).isEqualTo("12.35");
    assertThat(Numbers.value(null)).isEqualTo("-");
    assertThat(Numbers.rough(12345.6)).isEqualTo("12,346");
    assertThat(Numbers.clock(3725)).isEqualTo("1:02:05");
    assertThat(Numbers.clock(65)).isEqualTo("01:05");
  }
}
