package hindcast.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackValidatorTest {
  private static final long NOW_MILLIS = 1_600_000_000_000L;
  private static final long NOW = NOW_MILLIS * 1000;
  private static final long TOLERANCE = 300_000_000L;
  private final FeedbackValidator validator =
      new FeedbackValidator(new RewardRange(0, 5), TOLERANCE, 0.001);

  private Reject impression(String id, long time, String item, int position, Double propensity) {
    return validator.checkImpression(
        id, time, NOW_MILLIS, "all", item, position, null, propensity, "logging");
  }

  @Test
  void validRecordsPass() {
    assertThat(impression("i", NOW, "a", 0, null)).isNull();
    assertThat(impression("i", NOW, "a", 0, 1.0)).isNull();
    assertThat(validator.checkReward("i", "r", NOW, NOW_MILLIS, 5)).isNull();
    assertThat(validator.checkContext(2, null, new float[] {1, 2}, "i")).isNull();
    assertThat(validator.checkContext(9, new int[] {0, 8}, new float[] {1, 2}, "i")).isNull();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.0000001, 1.7, Double.NaN, Double.POSITIVE_INFINITY, 1e-4})
  void propensityOutsideItsRange(double propensity) {
    Reject reject = impression("8f3c", NOW, "a", 0, propensity);
    assertThat(reject.reason()).isEqualTo(Rejection.INVALID_PROPENSITY);
    assertThat(reject.detail()).contains(String.valueOf(propensity), "impression 8f3c");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 5.1, Double.NaN, Double.NEGATIVE_INFINITY})
  void rewardOutsideTheRange(double value) {
    Reject reject = validator.checkReward("i", "r", NOW, NOW_MILLIS, value);
    assertThat(reject.reason()).isEqualTo(Rejection.INVALID_REWARD);
    assertThat(reject.detail()).contains("[0.0, 5.0]");
  }

  @Test
  void futureIsMeasuredAgainstTheBroker() {
    assertThat(impression("i", NOW + TOLERANCE, "a", 0, null)).isNull();
    assertThat(impression("i", NOW + TOLERANCE + 1, "a", 0, null).reason())
        .isEqualTo(Rejection.FUTURE_TIME);
    assertThat(
            validator.checkReward(
                "i", "r", NOW + TOLERANCE + 1, FeedbackValidator.NO_APPEND_TIME, 1))
        .isNull();
  }

  @Test
  void timesOutsideTheYears() {
    assertThat(impression("i", -1, "a", 0, null).reason()).isEqualTo(Rejection.INVALID_TIME);
    assertThat(impression("i", Long.MAX_VALUE, "a", 0, null).reason())
        .isEqualTo(Rejection.INVALID_TIME);
  }

  @Test
  void noImpressionIsInTheSegmentThatStandsForAll() {
    assertThat(
            validator
                .checkImpression("i", NOW, NOW_MILLIS, "*", "a", 0, null, null, "logging")
                .reason())
        .isEqualTo(Rejection.INVALID_ID);
  }

  @Test
  void idsItemsPositionsAndEligibility() {
    assertThat(impression(null, NOW, "a", 0, null).reason()).isEqualTo(Rejection.MISSING_FIELD);
    assertThat(impression("", NOW, "a", 0, null).reason()).isEqualTo(Rejection.INVALID_ID);
    assertThat(impression("a\nb", NOW, "a", 0, null).reason()).isEqualTo(Rejection.INVALID_ID);
    assertThat(impression("i".repeat(513), NOW, "a", 0, null).reason())
        .isEqualTo(Rejection.INVALID_ID);
    assertThat(impression("i", NOW, "", 0, null).reason()).isEqualTo(Rejection.INVALID_ITEM);
    assertThat(impression("i", NOW, "a", -1, null).reason()).isEqualTo(Rejection.INVALID_POSITION);
    assertThat(
            validator
                .checkImpression(
                    "i", NOW, NOW_MILLIS, "all", "a", 0, List.of("b", "c"), null, "logging")
                .reason())
        .isEqualTo(Rejection.ITEM_NOT_ELIGIBLE);
  }

  @Test
  void contexts() {
    float[] two = {1, 2};
    assertThat(validator.checkContext(2, null, null, "i").reason())
        .isEqualTo(Rejection.MISSING_FIELD);
    assertThat(validator.checkContext(3, null, two, "i").reason())
        .isEqualTo(Rejection.INVALID_CONTEXT);
    assertThat(validator.checkContext(0, null, new float[0], "i").reason())
        .isEqualTo(Rejection.INVALID_CONTEXT);
    assertThat(validator.checkContext(2, null, new float[] {1, Float.NaN}, "i").reason())
        .isEqualTo(Rejection.INVALID_CONTEXT);
    assertThat(validator.checkContext(3, new int[] {1, 1}, two, "i").reason())
        .isEqualTo(Rejection.INVALID_CONTEXT);
    assertThat(validator.checkContext(3, new int[] {1, 3}, two, "i").reason())
        .isEqualTo(Rejection.INVALID_CONTEXT);
  }

  @Test
  void settingsAreChecked() {
    assertThatThrownBy(() -> new FeedbackValidator(RewardRange.UNIT, -1, 0))
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> new FeedbackValidator(RewardRange.UNIT, 0, 1))
        .hasMessageContaining("[0, 1): 1.0");
  }

  @Test
  void drawsNeedAPropensity() {
    assertThat(validator.checkPropensityDraws(null, 0, "i")).isNull();
    assertThat(validator.checkPropensityDraws(0.5, 0, "i")).isNull();
    assertThat(validator.checkPropensityDraws(0.5, 100, "i")).isNull();
    assertThat(validator.checkPropensityDraws(null, 100, "i").reason())
        .isEqualTo(Rejection.INVALID_PROPENSITY);
    assertThat(validator.checkPropensityDraws(0.5, -1, "i").reason())
        .isEqualTo(Rejection.INVALID_PROPENSITY);
  }
}
