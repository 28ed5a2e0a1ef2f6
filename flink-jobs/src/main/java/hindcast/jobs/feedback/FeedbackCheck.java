package hindcast.jobs.feedback;

import hindcast.avro.Impression;
import hindcast.avro.InputStream;
import hindcast.avro.Reward;
import hindcast.connectors.avro.AvroMapping;
import hindcast.connectors.kafka.RawRecord;
import hindcast.feedback.FeedbackValidator;
import hindcast.feedback.Reject;
import hindcast.feedback.RewardFormula;
import hindcast.jobs.config.PipelineConfig;

/** The rules a decoded impression or reward must meet before it is joined. Not thread-safe. */
public final class FeedbackCheck {
  private final FeedbackValidator validator;

  /**
   * @param formula which rewards there are
   * @param futureToleranceMicros how far an event time may lie after the append time
   * @param propensityFloor smallest accepted propensity
   */
  public FeedbackCheck(RewardFormula formula, long futureToleranceMicros, double propensityFloor) {
    this.validator = new FeedbackValidator(formula, futureToleranceMicros, propensityFloor);
  }

  /** The rules of a configuration. */
  public static FeedbackCheck of(PipelineConfig config) {
    return new FeedbackCheck(
        config.reward().formula(),
        config.time().futureTolerance().toNanos() / 1000,
        config.propensity().floor());
  }

  /** Why a record of data is refused, or null if it is not. */
  public Reject check(RawRecord record) {
    long appendTime =
        record.appendTimeMillis() < 0
            ? FeedbackValidator.NO_APPEND_TIME
            : record.appendTimeMillis();
    return record.stream() == InputStream.REWARDS
        ? check(record.payload(Reward.class), appendTime)
        : check(record.payload(Impression.class), appendTime);
  }

  /**
   * Why a reward is refused, or null if it is not.
   *
   * @param appendTimeMillis may be {@link FeedbackValidator#NO_APPEND_TIME}
   */
  public Reject check(Reward reward, long appendTimeMillis) {
    return validator.checkReward(
        reward.getImpressionId(),
        reward.getRewardId(),
        reward.getKind(),
        reward.getEventTimeMicros(),
        appendTimeMillis,
        reward.getValue());
  }

  /**
   * Why an impression is refused, or null if it is not.
   *
   * @param appendTimeMillis may be {@link FeedbackValidator#NO_APPEND_TIME}
   */
  public Reject check(Impression impression, long appendTimeMillis) {
    Reject reject =
        validator.checkImpression(
            impression.getImpressionId(),
            impression.getEventTimeMicros(),
            appendTimeMillis,
            impression.getSegment(),
            impression.getItemId(),
            impression.getPosition(),
            impression.getEligibleItemIds(),
            impression.getPropensity(),
            impression.getPolicyId());
    if (reject == null) {
      reject =
          validator.checkPropensityDraws(
              impression.getPropensity(),
              impression.getPropensityDraws(),
              impression.getImpressionId());
    }
    return reject == null ? AvroMapping.checkContext(impression.getContext()) : reject;
  }
}
