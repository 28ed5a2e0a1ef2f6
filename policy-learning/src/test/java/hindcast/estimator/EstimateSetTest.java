package hindcast.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hindcast.estimator.EstimateSet.Line;
import hindcast.feedback.RewardRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EstimateSetTest {
  private static final List<EstimatorSpec> SPECS =
      List.of(
          EstimatorSpec.parse("IPS"),
          EstimatorSpec.parse("CIPS_CAP:cap=2"),
          EstimatorSpec.parse("SNIPS"));

  @Test
  void knownNumbers() {
    EstimateSet set = EstimateSet.of(SPECS);
    set.add(ScoredFeedback.of(0.5, 0.25, 1));
    set.add(ScoredFeedback.of(0.5, 0.5, 0));
    set.add(ScoredFeedback.of(0.75, 0.25, 1));
    List<Line> lines = set.estimates(SupportRule.DEFAULT);
    assertThat(lines.get(0).estimate().value().getAsDouble()).isCloseTo(5 / 3.0, within(1e-15));
    assertThat(lines.get(1).estimate().value().getAsDouble()).isCloseTo(4 / 3.0, within(1e-15));
    assertThat(lines.get(2).estimate().value().getAsDouble()).isCloseTo(5 / 6.0, within(1e-15));
    Estimate ips = lines.get(0).estimate();
    assertThat(ips.standardError().getAsDouble())
        .isCloseTo(Math.sqrt((13 - 25 / 3.0) / 2 / 3), within(1e-15));
    assertThat(ips.effectiveSampleSize()).isCloseTo(36 / 14.0, within(1e-14));
    assertThat(ips.rewardedEffectiveSampleSize()).isCloseTo(25 / 13.0, within(1e-14));
    assertThat(ips.largestWeight()).isEqualTo(3);
    assertThat(ips.meanWeight().getAsDouble()).isEqualTo(2);
    assertThat(ips.largestWeightShare()).isEqualTo(0.5);
    assertThat(ips.largestRewardedShare()).isEqualTo(0.6);
    assertThat(ips.supported()).isFalse();
    assertThat(ips.lower()).isEmpty();
    assertThat(ips.toUser(new RewardRange(-1, 1)).standardError().getAsDouble())
        .isEqualTo(2 * ips.standardError().getAsDouble());
  }

  @Test
  void intervalAppearsWithSupport() {
    EstimateSet set = EstimateSet.of(SPECS);
    for (int k = 0; k < 400; k++) {
      set.add(ScoredFeedback.of(0.5, 0.5, k % 4 == 0 ? 0 : 1));
    }
    Estimate ips = set.estimates(SupportRule.DEFAULT).get(0).estimate();
    assertThat(ips.rewardedEffectiveSampleSize()).isCloseTo(300, within(1e-9));
    assertThat(set.estimates(new SupportRule(299, 0.05)).get(0).estimate().lower()).isPresent();
    assertThat(set.estimates(new SupportRule(301, 0.05)).get(0).estimate().lower()).isEmpty();
    assertThat(set.estimates(new SupportRule(299, 0.002)).get(0).estimate().lower()).isEmpty();
  }

  @Test
  void nothingIsEverNaN() {
    EstimateSet empty = EstimateSet.of(SPECS);
    for (Line line : empty.estimates(SupportRule.DEFAULT)) {
      assertThat(line.estimate().value()).isEmpty();
      assertThat(line.estimate().meanWeight()).isEmpty();
      assertThat(line.estimate().effectiveSampleSize()).isZero();
    }
    EstimateSet zeros = EstimateSet.of(SPECS);
    zeros.add(ScoredFeedback.of(0, 0.5, 1));
    zeros.add(ScoredFeedback.of(0, 0.5, 1));
    List<Line> lines = zeros.estimates(SupportRule.DEFAULT);
    assertThat(lines.get(0).estimate().value()).hasValue(0);
    assertThat(lines.get(2).estimate().value()).isEmpty();
    assertThat(lines.get(2).estimate().rewardedEffectiveSampleSize()).isZero();
    EstimateSet one = EstimateSet.of(SPECS);
    one.add(ScoredFeedback.of(1, 0.5, 1));
    assertThat(one.estimates(SupportRule.DEFAULT).get(0).estimate().value()).hasValue(2);
    assertThat(one.estimates(SupportRule.DEFAULT).get(0).estimate().standardError()).isEmpty();
  }

  @Test
  void halfWrittenAndReadIsTheWholeBitForBit() throws IOException {
    Random random = new Random(7);
    EstimateSet whole = EstimateSet.of(SPECS);
    EstimateSet half = EstimateSet.of(SPECS);
    for (int k = 0; k < 1000; k++) {
      ScoredFeedback f =
          ScoredFeedback.of(random.nextDouble(), 0.01 + 0.99 * random.nextDouble(), 1);
      whole.add(f);
      if (k == 500) {
        half = EstimateSet.read(new DataInputStream(new ByteArrayInputStream(bytes(half))));
      }
      half.add(f);
    }
    assertThat(bytes(half)).isEqualTo(bytes(whole));
  }

  @Test
  void mergeIsAddingAll() {
    Random random = new Random(8);
    EstimateSet whole = EstimateSet.of(SPECS);
    EstimateSet left = EstimateSet.of(SPECS);
    EstimateSet right = EstimateSet.of(SPECS);
    for (int k = 0; k < 1000; k++) {
      ScoredFeedback f =
          ScoredFeedback.of(
              random.nextDouble(), 0.01 + 0.99 * random.nextDouble(), random.nextDouble());
      whole.add(f);
      (random.nextBoolean() ? left : right).add(f);
    }
    left.merge(right);
    for (int k = 0; k < SPECS.size(); k++) {
      Estimate a = left.estimates(SupportRule.DEFAULT).get(k).estimate();
      Estimate b = whole.estimates(SupportRule.DEFAULT).get(k).estimate();
      assertThat(a.value().getAsDouble()).isCloseTo(b.value().getAsDouble(), within(1e-13));
      assertThat(a.standardError().getAsDouble())
          .isCloseTo(b.standardError().getAsDouble(), within(1e-13));
    }
    assertThatThrownBy(() -> left.merge(EstimateSet.of(List.of(EstimatorSpec.parse("IPS")))))
        .hasMessageContaining("must be equal to merge");
  }

  @Test
  void specsReadBack() {
    assertThat(EstimatorSpec.parse("CIPS_CAP:cap=10")).hasToString("CIPS_CAP:cap=10");
    assertThat(EstimatorSpec.parse(" CIPS_CAP: cap = 1.5 ").parameters()).containsEntry("cap", 1.5);
    assertThat(EstimatorSpec.parse("CIPS_CAP:cap=inf")).hasToString("CIPS_CAP:cap=inf");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "NOPE",
        "CIPS_CAP",
        "CIPS_CAP:",
        "CIPS_CAP:cap",
        "CIPS_CAP:cap=x",
        "CIPS_CAP:cap=0",
        "CIPS_CAP:cap=NaN",
        "CIPS_CAP:cap=1,cap=2",
        "IPS:cap=1",
        "CIPS_FLOOR:floor=1.1"
      })
  void wrongSpecsAreRefused(String text) {
    assertThatThrownBy(() -> EstimatorSpec.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void wrongEventsAreRefused() {
    double[][] wrong = {
      {-0.1, 0.5, 0},
      {1.1, 0.5, 0},
      {Double.NaN, 0.5, 0},
      {0.5, 0, 0},
      {0.5, 1.7, 0},
      {0.5, Double.NaN, 0},
      {0.5, 0.5, 1.1},
      {0.5, 0.5, Double.NaN},
      {0.5, Double.MIN_VALUE, 1}
    };
    for (double[] e : wrong) {
      assertThatThrownBy(() -> ScoredFeedback.of(e[0], e[1], e[2]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static byte[] bytes(EstimateSet set) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    set.write(new DataOutputStream(out));
    return out.toByteArray();
  }
}
