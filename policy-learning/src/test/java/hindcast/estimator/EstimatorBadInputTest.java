package hindcast.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Degenerate and extreme input: a defined result or a named error, never NaN. */
class EstimatorBadInputTest {
  private static final ScoredFeedback BARE = ScoredFeedback.of(0.5, 0.5, 1);

  static ScoredFeedback full(double pi, double p, double r) {
    return ScoredFeedback.of(pi, p, r)
        .withUncertainty(1)
        .withRewardModel(0.3, 0.4)
        .withCluster(pi, p)
        .withEmbedding(pi, p)
        .withWeightSecondMoment(pi / p)
        .withSelection(true, pi, p)
        .withKey("s", "a");
  }

  private static PointEstimate after(EstimatorMethod method, ScoredFeedback... events) {
    EstimateSet set = EstimateSet.of(List.of(EstimatorSpec.parse(method.example())));
    for (ScoredFeedback f : events) {
      set.add(f);
    }
    Estimate e = set.estimates(new SupportRule(0, 1)).get(0).estimate();
    for (var optional :
        List.of(e.value(), e.standardError(), e.lower(), e.upper(), e.meanWeight())) {
      optional.ifPresent(x -> assertThat(x).isFinite());
    }
    for (double x :
        new double[] {
          e.effectiveSampleSize(),
          e.rewardedEffectiveSampleSize(),
          e.largestWeight(),
          e.largestWeightShare(),
          e.largestRewardedShare()
        }) {
      assertThat(x).isFinite().isNotNegative();
    }
    return new PointEstimate(e.n(), e.value(), e.standardError());
  }

  @ParameterizedTest
  @EnumSource(EstimatorMethod.class)
  void noEvents(EstimatorMethod method) {
    PointEstimate none = after(method);
    assertThat(none.value()).isEmpty();
    assertThat(none.standardError()).isEmpty();
    assertThat(none.interval()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(EstimatorMethod.class)
  void oneEventHasNoStandardError(EstimatorMethod method) {
    assertThat(after(method, full(0.5, 0.4, 1)).standardError()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(EstimatorMethod.class)
  void degenerateStreams(EstimatorMethod method) {
    after(method, full(0, 0.5, 1), full(0, 0.5, 1), full(0, 0.1, 0));
    after(method, full(0.5, 0.5, 0), full(0.2, 0.5, 0), full(0.1, 0.3, 0));
    after(method, full(0.5, 0.5, 1), full(0.2, 0.5, 1), full(0.1, 0.3, 1));
    after(method, full(1, 1, 1), full(1, 1, 1), full(1, 1, 1));
  }

  @ParameterizedTest
  @EnumSource(EstimatorMethod.class)
  void extremeWeights(EstimatorMethod method) {
    ScoredFeedback huge = full(1, 1e-80, 1).withRewardModel(-1e50, 1e50).withUncertainty(1e80);
    after(method, huge, full(0.5, 0.5, 0), huge, full(1e-80, 1, 1));
    after(method, full(Double.MIN_VALUE, 1, 1), full(Double.MIN_VALUE, 1, 0));
    after(method, full(1, 1e-9, 1).withUncertainty(800), full(1, 1e-9, 0).withUncertainty(800));
  }

  @ParameterizedTest
  @EnumSource(EstimatorMethod.class)
  void aMissingFieldIsNamedCountedAndLeavesTheOthersAlone(EstimatorMethod method) {
    EstimatorSpec spec = EstimatorSpec.parse(method.example());
    EstimateSet set = EstimateSet.of(List.of(EstimatorSpec.parse("CIPS_CAP:cap=1"), spec));
    set.add(BARE);
    EstimateSet.Line line = set.estimates(SupportRule.DEFAULT).get(1);
    assertThat(line.refused()).isEqualTo(method.fields().isEmpty() ? 0 : 1);
    assertThat(set.estimates(SupportRule.DEFAULT).get(0).estimate().n()).isEqualTo(1);
    if (!method.fields().isEmpty()) {
      assertThatThrownBy(() -> spec.create().add(BARE))
          .hasMessageContaining(method.name())
          .hasMessageContaining(method.fields().iterator().next().name());
    }
  }

  @ParameterizedTest
  @EnumSource(EstimatorMethod.class)
  void everyMethodIsDescribed(EstimatorMethod method) {
    assertThat(method.formula()).isNotBlank();
    assertThat(method.source()).isNotBlank();
    assertThat(method.usage()).isNotNull();
    assertThat(EstimatorSpec.parse(method.example()))
        .hasToString(
            EstimatorSpec.parse(EstimatorSpec.parse(method.example()).toString()).toString());
  }

  @Test
  void invalidFields() {
    ScoredFeedback f = ScoredFeedback.of(0.5, 0.5, 1);
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1}) {
      for (DoubleFunction<ScoredFeedback> set :
          List.<DoubleFunction<ScoredFeedback>>of(
              f::withUncertainty,
              f::withWeightSecondMoment,
              x -> f.withCluster(x, 0.5),
              x -> f.withEmbedding(0.5, x),
              x -> f.withSelection(true, x, 1))) {
        assertThatThrownBy(() -> set.apply(bad)).isInstanceOf(IllegalArgumentException.class);
      }
    }
    assertThatThrownBy(() -> f.withRewardModel(Double.NaN, 0)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> f.withCluster(0.5, 0)).hasMessageContaining("cluster");
    assertThatThrownBy(() -> f.withKey(null, "a")).hasMessageContaining("null");
  }

  @Test
  void gatesRestOnFewEstimators() {
    assertThat(EstimatorMethod.values())
        .filteredOn(m -> m.usage().allowsGates())
        .containsExactly(EstimatorMethod.IPS, EstimatorMethod.SNIPS, EstimatorMethod.DR);
    assertThat(EstimatorMethod.MINVAR_EVENT.usage().estimatesValue()).isFalse();
  }
}
