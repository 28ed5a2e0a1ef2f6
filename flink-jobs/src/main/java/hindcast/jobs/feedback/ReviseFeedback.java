package hindcast.jobs.feedback;

import hindcast.avro.Feedback;
import hindcast.avro.internal.RewardCorrection;
import hindcast.jobs.state.MaturityTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets feedback through that was activated in time and, where a correction comes inside the
 * correction horizon, emits it again, or now that it is activated, with the new reward, the one
 * before and a higher revision: always after the revisions before it. Holds each feedback until its
 * horizon has passed.
 */
public final class ReviseFeedback
    extends KeyedCoProcessFunction<String, Feedback, RewardCorrection, Feedback> {
  private static final long serialVersionUID = 1L;

  private final MaturityTime maturity;
  private final long horizonMillis;

  private transient ValueState<Feedback> known;
  private transient ListState<RewardCorrection> early;

  /**
   * @param maturity when an outcome is known
   * @param horizonMillis how long after that it can be corrected
   */
  public ReviseFeedback(MaturityTime maturity, long horizonMillis) {
    this.maturity = maturity;
    this.horizonMillis = horizonMillis;
  }

  @Override
  public void open(OpenContext context) {
    known =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("feedback", new AvroTypeInfo<>(Feedback.class)));
    early =
        getRuntimeContext()
            .getListState(
                new ListStateDescriptor<>(
                    "early-corrections", new AvroTypeInfo<>(RewardCorrection.class)));
  }

  @Override
  public void processElement1(Feedback feedback, Context context, Collector<Feedback> out)
      throws Exception {
    if (feedback.getActivatedInTime()) {
      out.collect(feedback);
    }
    known.update(feedback);
    List<RewardCorrection> waiting = new ArrayList<>();
    early.get().forEach(waiting::add);
    early.clear();
    waiting.sort(Comparator.comparing(RewardCorrection::getRevision));
    for (RewardCorrection correction : waiting) {
      revise(correction, out);
    }
    long impressionMillis = Math.floorDiv(feedback.getEventTimeMicros(), 1000L);
    context.timerService().registerEventTimeTimer(maturity.of(impressionMillis) + horizonMillis);
  }

  @Override
  public void processElement2(RewardCorrection correction, Context context, Collector<Feedback> out)
      throws Exception {
    if (known.value() == null) {
      early.add(correction);
    } else {
      revise(correction, out);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Feedback> out) {
    known.clear();
  }

  private void revise(RewardCorrection correction, Collector<Feedback> out) throws Exception {
    Feedback revised =
        Feedback.newBuilder(known.value())
            .setReward(correction.getReward())
            .setPreviousReward(correction.getPreviousReward())
            .setRewardCount(correction.getRewardCount())
            .setRevision(correction.getRevision())
            .build();
    known.update(revised);
    out.collect(revised);
  }
}
