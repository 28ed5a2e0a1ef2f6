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
  private final InputStream stream;
  private final FeedbackValidator validator;

  /**
   * @param stream {@code IMPRESSIONS} or {@code REWARDS}
   * @param formula which rewards there are
   * @param futureToleranceMicros how far an event time may lie after the append time
   * @param propensityFloor smallest accepted propensity
   */
  public FeedbackCheck(
      InputStream stream,
      RewardFormula formula,
      long futureToleranceMicros,
      double propensityFloor) {
    this.stream = stream;
    this.validator = new FeedbackValidator(formula, futureToleranceMicros, propensityFloor);
  }

  /** The rules of a configuration. */
  public static FeedbackCheck of(InputStream stream, PipelineConfig config) {
    return new FeedbackCheck(
        stream,
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
    if (stream == InputStream.REWARDS) {
      Reward reward = record.payload(Reward.class);
      return validator.checkReward(
          reward.getImpressionId(),
          reward.getRewardId(),
          reward.getKind(),
          reward.getEventTimeMicros(),
          appendTime,
          reward.getValue());
    }
    Impression impression = record.payload(Impression.class);
    Reject reject =
        validator.checkImpression(
            impression.getImpressionId(),
            impression.getEventTimeMicros(),
            appendTime,
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
