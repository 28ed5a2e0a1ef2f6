package hindcast.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.testing.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden b06: precision, recall and NDCG. */
class RankingQualityGoldenTest {

  static Stream<Golden> cases() {
    return Golden.cases("b06_ranking");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void ranking(Golden golden) {
    golden.required();
    double[] scores = golden.vector("/inputs/scores");
    int[] relevant = golden.integers("/inputs/relevant");
    int[] masked = golden.integers("/inputs/masked");
    List<String> blocks = new ArrayList<>();
    golden.at("/expected").fieldNames().forEachRemaining(blocks::add);
    for (String block : blocks) {
      int k = Integer.parseInt(block.substring("at_".length()));
      String at = "/expected/" + block;
      int[] top = RankingQuality.top(scores, masked, k);
      assertThat(top).hasSize(golden.at(at + "/top").size());
      for (int j = 0; j < top.length; j++) {
        golden.checkExactly(at + "/top/" + j, top[j]);
      }
      RankingQuality quality = RankingQuality.of(top, relevant, k);
      golden.check(at + "/precision", quality.precision());
      golden.check(at + "/recall", quality.recall());
      golden.check(at + "/ndcg", quality.ndcg());
    }
    golden.assertExercised();
  }
}
