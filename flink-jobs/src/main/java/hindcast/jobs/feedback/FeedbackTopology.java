package hindcast.jobs.feedback;

import hindcast.avro.DeadLetter;
import hindcast.avro.Feedback;
import hindcast.avro.Impression;
import hindcast.avro.InputStream;
import hindcast.avro.Reward;
import hindcast.avro.internal.RewardCorrection;
import hindcast.connectors.kafka.RawRecord;
import hindcast.feedback.RewardRange;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.state.ImpressionTimeWindows;
import hindcast.jobs.state.MaturityTime;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * FEEDBACK: impressions and rewards in, one feedback for each impression out, with the propensity
 * of the shown item and how sure it is.
 *
 * <pre>
 *   impressions ─ receive ─┐
 *                          ├─ join by impression id ─┬────────────── estimate propensity ─ feedback
 *   rewards ───── receive ─┘                         └─ count shown ─┘ by (policy version, segment)
 * </pre>
 */
public final class FeedbackTopology {
  private FeedbackTopology() {}

  /**
   * What comes out.
   *
   * @param feedback one record for each impression, after its reward window; inside a correction
   *     horizon also for those that were not activated in time
   * @param revised one record for each impression that counts, and once more for each correction
   * @param corrections rewards and activations that came after their outcomes, inside the
   *     correction horizon
   * @param deadLetters every refused record
   */
  public record Output(
      DataStream<Feedback> feedback,
      DataStream<Feedback> revised,
      DataStream<RewardCorrection> corrections,
      DataStream<DeadLetter> deadLetters) {}

  /**
   * Builds the topology.
   *
   * @param actionCount number of actions the prior of the logging policy is uniform over
   */
  public static Output build(
      PipelineConfig config,
      DataStream<RawRecord> impressions,
      DataStream<RawRecord> rewards,
      long actionCount) {
    SingleOutputStreamOperator<RawRecord> validImpressions =
        receive(config, impressions, InputStream.IMPRESSIONS, "receive-impressions");
    SingleOutputStreamOperator<RawRecord> validRewards =
        receive(config, rewards, InputStream.REWARDS, "receive-rewards");

    SingleOutputStreamOperator<Feedback> outcomes =
        validImpressions
            .keyBy(record -> record.payload(Impression.class).getImpressionId(), Types.STRING)
            .connect(
                validRewards.keyBy(
                    record -> record.payload(Reward.class).getImpressionId(), Types.STRING))
            .process(
                new JoinRewards(
                    config.reward().window().toMillis(),
                    config.reward().correctionHorizon().toMillis(),
                    config.reward().formula()))
            .returns(new AvroTypeInfo<>(Feedback.class))
            .uid("join-rewards")
            .name("join rewards by impression id");

    PropensitySettings settings = PropensitySettings.of(config, actionCount);
    ImpressionTimeWindows windows =
        new ImpressionTimeWindows(config.learning().window(), config.reward().window());
    DataStream<Tuple3<Long, String, Long>> shown =
        outcomes
            .transform(
                "count what was shown",
                CountShown.TYPE,
                new CountShown(windows, settings.popularity()))
            .uid("count-shown")
            .broadcast();
    SingleOutputStreamOperator<Feedback> feedback =
        outcomes
            .keyBy(EstimatePropensity::key, Types.STRING)
            .connect(shown)
            .transform(
                "estimate the logging policy by segment",
                new AvroTypeInfo<>(Feedback.class),
                new EstimatePropensity(settings, windows))
            .uid("estimate-propensity");

    DataStream<DeadLetter> deadLetters =
        validImpressions
            .getSideOutput(DeadLetterOutput.TAG)
            .union(
                validRewards.getSideOutput(DeadLetterOutput.TAG),
                outcomes.getSideOutput(DeadLetterOutput.TAG));
    DataStream<RewardCorrection> corrections = outcomes.getSideOutput(JoinRewards.CORRECTIONS);
    return new Output(feedback, revise(config, feedback, corrections), corrections, deadLetters);
  }

  /** Feedback with its later revisions; nothing is held where nothing can be corrected. */
  private static DataStream<Feedback> revise(
      PipelineConfig config,
      DataStream<Feedback> feedback,
      DataStream<RewardCorrection> corrections) {
    if (config.reward().correctionHorizon().isZero()) {
      return feedback;
    }
    return feedback
        .keyBy(Feedback::getImpressionId, Types.STRING)
        .connect(corrections.keyBy(RewardCorrection::getImpressionId, Types.STRING))
        .process(
            new ReviseFeedback(
                new MaturityTime(config.reward().window().toMillis()),
                config.reward().correctionHorizon().toMillis()))
        .returns(new AvroTypeInfo<>(Feedback.class))
        .uid("revise-feedback")
        .name("revise feedback");
  }

  /** The range rewards are configured to lie in. */
  public static RewardRange rewardRange(PipelineConfig config) {
    return new RewardRange(config.reward().min(), config.reward().max());
  }

  private static SingleOutputStreamOperator<RawRecord> receive(
      PipelineConfig config, DataStream<RawRecord> records, InputStream stream, String uid) {
    return records
        .process(
            new ReceiveRecords(
                stream,
                config.reward().formula(),
                config.time().futureTolerance().toNanos() / 1000,
                config.propensity().floor()))
        .returns(TypeInformation.of(RawRecord.class))
        .uid(uid)
        .name(uid.replace('-', ' '));
  }
}
