package hindcast.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.catalogue.Float64Embeddings;
import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.propensity.Propensity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SoftmaxPolicyTest {
  private static final Context ONE = Context.dense(new float[] {1});

  /** Items whose scores are the parameters themselves. */
  private static SoftmaxPolicy scores(double... scores) {
    String[] ids = new String[scores.length];
    for (int a = 0; a < ids.length; a++) {
      ids[a] = "item-" + a;
    }
    return new SoftmaxPolicy(
        new PolicyParameters(1, scores.length, scores), ItemCatalogue.oneHot("v1", ids));
  }

  private static LoggedFeedback feedback(String item, List<String> eligible) {
    return new LoggedFeedback(
        "i", 0, "", ONE, item, 0, eligible, "p", 1, 1, Propensity.logged(0.25));
  }

  @Test
  void hugeScoresAreSafe() {
    SoftmaxPolicy policy = scores(10_000, -10_000, 0);
    assertThat(policy.probabilities(ONE, null)).containsExactly(1, 0, 0);
    assertThat(policy.logProbability(ONE, 1, null)).isEqualTo(-20_000);
    assertThat(policy.entropy(ONE, null)).isZero();
    assertThat(policy.logZ(ONE, null)).isEqualTo(10_000);
  }

  @Test
  void onlyEligibleItemsCount() {
    SoftmaxPolicy policy = scores(1, 2, 3, 4);
    double want = Math.exp(2) / (Math.exp(2) + Math.exp(4));
    assertThat(policy.probability(ONE, 1, new int[] {1, 3})).isCloseTo(want, within(1e-15));
    assertThat(policy.probability(ONE, 0, new int[] {1, 3})).isZero();
    assertThat(policy.probability(feedback("item-1", List.of("item-3", "item-1"))))
        .isCloseTo(want, within(1e-15));
    assertThat(policy.probability(feedback("item-0", List.of("item-3", "item-1")))).isZero();
    assertThat(policy.probability(feedback("nobody", null))).isZero();
    assertThatThrownBy(() -> policy.probability(ONE, 0, new int[0]))
        .hasMessageContaining("at least one eligible item");
  }

  @Test
  void everythingEligibleIsTheWholeCatalogue() {
    SoftmaxPolicy policy = scores(0.3, -1.2, 0.8);
    assertThat(policy.probabilities(ONE, new int[] {0, 1, 2}))
        .containsExactly(policy.probabilities(ONE, null));
  }

  @Test
  void formsShareOneScoringPass() {
    SoftmaxPolicy policy = scores(1, 3, 3, 2);
    double[] got =
        policy.formProbabilities(
            ONE, 1, null, PolicyForm.SOFTMAX, PolicyForm.GREEDY, PolicyForm.sharpened(4));
    assertThat(got[0]).isCloseTo(policy.probability(ONE, 1, null), within(1e-15));
    assertThat(got[1]).isEqualTo(1);
    assertThat(got[2]).isCloseTo(1 / (2 + Math.exp(-8) + Math.exp(-4)), within(1e-15));
    assertThat(policy.formProbabilities(ONE, 2, null, PolicyForm.GREEDY)[0]).isZero();
    assertThat(
            policy.formProbabilities(
                feedback("item-2", List.of("item-2", "item-3")), PolicyForm.GREEDY))
        .containsExactly(1);
  }

  @Test
  void formsAreWrittenAndRead() {
    for (String text : List.of("softmax", "greedy", "sharpened:4", "sharpened:2.5")) {
      assertThat(PolicyForm.parse(text).text()).isEqualTo(text);
    }
    assertThat(PolicyForm.parse("sharpened")).isEqualTo(PolicyForm.SHARPENED);
    assertThatThrownBy(() -> PolicyForm.parse("sharpened:-1")).hasMessageContaining("-1");
    assertThatThrownBy(() -> PolicyForm.parse("flat")).hasMessageContaining("flat");
  }

  @Test
  void simplePolicies() {
    assertThat(new UniformPolicy(8).probability(feedback("a", null))).isEqualTo(0.125);
    assertThat(new UniformPolicy(8).probability(feedback("a", List.of("a", "b")))).isEqualTo(0.5);
    assertThat(new LoggingPolicy().probability(feedback("a", null))).isEqualTo(0.25);
    assertThat(new AlwaysPolicy("a").probability(feedback("a", null))).isEqualTo(1);
    assertThat(new AlwaysPolicy("a").probability(feedback("b", null))).isZero();
    TablePolicy table = new TablePolicy(Map.of(new TablePolicy.Key("a", ""), 0.7));
    assertThat(table.probability(feedback("a", null))).isEqualTo(0.7);
    assertThat(table.probability(feedback("b", null))).isZero();
    assertThatThrownBy(() -> new TablePolicy(Map.of(new TablePolicy.Key("a", "s"), 1.2)))
        .hasMessage("probability must be in [0, 1]: 1.2 (item a, segment s)");
  }

  @Test
  void dimensionsMustFit() {
    SoftmaxPolicy policy = scores(1, 2);
    assertThatThrownBy(() -> policy.logZ(Context.dense(new float[2]), null))
        .hasMessage("context must have dimension 1: 2");
    ItemCatalogue wide =
        new ItemCatalogue("v", "s", new String[] {"a"}, new Float64Embeddings(new double[3], 1, 3));
    assertThatThrownBy(() -> new SoftmaxPolicy(PolicyParameters.zero(1, 2), wide))
        .hasMessageContaining("2 and 3");
  }

  @Test
  void hashCoversShapeAndEveryBit() {
    PolicyParameters zero = PolicyParameters.zero(2, 3);
    assertThat(zero.sha256()).hasSize(64).isNotEqualTo(PolicyParameters.zero(3, 2).sha256());
    double[] negativeZero = new double[6];
    negativeZero[5] = -0.0;
    assertThat(new PolicyParameters(2, 3, negativeZero).sha256()).isNotEqualTo(zero.sha256());
    assertThatThrownBy(() -> new PolicyParameters(1, 1, new double[] {Double.NaN}))
        .hasMessageContaining("NaN");
  }
}
