package hindcast.jobs.feedback;

import hindcast.avro.Feedback;
import hindcast.avro.Impression;
import hindcast.avro.PropensitySource;
import hindcast.avro.Reward;
import hindcast.avro.internal.RewardCorrection;
import hindcast.connectors.kafka.RawRecord;
import hindcast.feedback.ImpressionJoin;
import hindcast.feedback.JoinDecision;
import hindcast.feedback.JoinState;
import hindcast.feedback.Reject;
import hindcast.feedback.Rejection;
import hindcast.feedback.RewardFormula;
import hindcast.feedback.RewardRange;
import hindcast.jobs.state.Ledger;
import hindcast.jobs.state.StateBytes;
import hindcast.propensity.Propensity;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Joins impressions and rewards by impression id: holds the state of {@link ImpressionJoin}, drives
 * its timers, keeps both ledgers, and emits one outcome for each impression when its reward window
 * has closed, and a correction for each reward that comes later, inside the correction horizon.
 * Where impressions need an activation, one without it is emitted too, so that it is scored with
 * its window, and stays held until an activation comes or the horizon ends.
 *
 * <p>An outcome carries the impression's propensity if it was logged or counted by Monte Carlo;
 * otherwise propensity is 0 and its source ESTIMATED until {@link EstimatePropensity} fills it in.
 */
public final class JoinRewards
    extends KeyedCoProcessFunction<String, RawRecord, RawRecord, Feedback>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  /** Side output of corrections. */
  public static final OutputTag<RewardCorrection> CORRECTIONS =
      new OutputTag<>("corrections", new AvroTypeInfo<>(RewardCorrection.class));

  private final long windowMicros;
  private final long horizonMicros;
  private final RewardFormula formula;

  private transient ImpressionJoin join;
  private transient ValueState<byte[]> joinState;
  private transient ValueState<Impression> heldImpression;
  private transient ValueState<RawRecord> heldOrigin;
  private transient MapState<String, RawRecord> heldRewards;
  private transient Ledger impressions;
  private transient Ledger rewards;

  /** A join that adds up the rewards of an impression and corrects nothing. */
  public JoinRewards(long windowMillis, RewardRange rewardRange) {
    this(windowMillis, 0, RewardFormula.sum(rewardRange));
  }

  /**
   * @param windowMillis how long an impression waits for its rewards
   * @param horizonMillis how long after that a reward corrects its outcome; 0 for never
   * @param formula what the rewards of an impression amount to
   */
  public JoinRewards(long windowMillis, long horizonMillis, RewardFormula formula) {
    this.windowMicros = windowMillis * 1000;
    this.horizonMicros = horizonMillis * 1000;
    this.formula = formula;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    impressions =
        Ledger.open(
            "impressions", context.getOperatorStateStore(), getRuntimeContext().getMetricGroup());
    rewards =
        Ledger.open(
            "rewards", context.getOperatorStateStore(), getRuntimeContext().getMetricGroup());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    impressions.snapshot();
    rewards.snapshot();
  }

  @Override
  public void open(OpenContext context) {
    join = new ImpressionJoin(windowMicros, windowMicros, horizonMicros, formula);
    joinState =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "join", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    heldImpression =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("impression", new AvroTypeInfo<>(Impression.class)));
    heldOrigin =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "impression-origin", TypeInformation.of(RawRecord.class)));
    heldRewards =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "rewards", Types.STRING, TypeInformation.of(RawRecord.class)));
  }

  @Override
  public void processElement1(RawRecord received, Context context, Collector<Feedback> out)
      throws Exception {
    Impression impression = received.payload(Impression.class);
    JoinState state = load();
    JoinDecision decision =
        join.onImpression(
            state, impression.getEventTimeMicros(), watermarkMicros(context.timerService()));
    switch (decision.fate()) {
      case HELD -> {
        heldImpression.update(impression);
        if (formula.needsActivation()) {
          heldOrigin.update(received);
        }
        impressions.held(1);
      }
      case DUPLICATE -> impressions.duplicate();
      case REJECTED -> {
        rejectImpression(
            received,
            decision.rejection(),
            "impression must arrive before the watermark passes its reward window: "
                + impression.getImpressionId(),
            context);
      }
      default -> throw new IllegalStateException("impression cannot be " + decision.fate());
    }
    release(decision, context);
    store(state, context.timerService());
  }

  @Override
  public void processElement2(RawRecord received, Context context, Collector<Feedback> out)
      throws Exception {
    Reward reward = received.payload(Reward.class);
    JoinState state = load();
    JoinDecision decision =
        join.onReward(
            state,
            reward.getRewardId(),
            reward.getKind(),
            reward.getEventTimeMicros(),
            reward.getValue(),
            watermarkMicros(context.timerService()));
    switch (decision.fate()) {
      case JOINED -> rewards.joined();
      case DUPLICATE -> rewards.duplicate();
      case HELD -> {
        heldRewards.put(reward.getRewardId(), received);
        rewards.held(1);
      }
      case CORRECTION -> {
        rewards.correction();
        context.output(CORRECTIONS, correction(reward.getImpressionId(), decision.correction()));
        if (decision.correction().activates()) {
          impressions.outcome();
          letGo();
        }
      }
      case REJECTED -> reject(received, decision.rejection(), reward.getRewardId(), context);
    }
    release(decision, context);
    store(state, context.timerService());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Feedback> out)
      throws Exception {
    JoinState state = load();
    JoinDecision decision = join.onTime(state, endOfMillisecond(timestamp));
    release(decision, context);
    if (decision.outcome() != null) {
      out.collect(feedback(heldImpression.value(), decision.outcome()));
      heldImpression.clear();
      if (decision.outcome().activated()) {
        impressions.outcome();
        letGo();
      }
    } else if (decision.fate() == JoinDecision.Fate.REJECTED) {
      rejectImpression(
          heldOrigin.value(),
          decision.rejection(),
          "impression needs a reward of kind "
              + formula.activation()
              + " inside its reward window, and before its correction horizon ends: "
              + context.getCurrentKey(),
          context);
      letGo();
    }
    store(state, context.timerService());
  }

  private void letGo() {
    heldImpression.clear();
    heldOrigin.clear();
    impressions.held(-1);
  }

  private void release(JoinDecision decision, Context context) throws Exception {
    for (JoinDecision.ReleasedReward released : decision.released()) {
      RawRecord origin = heldRewards.get(released.rewardId());
      heldRewards.remove(released.rewardId());
      rewards.held(-1);
      if (released.joined()) {
        rewards.joined();
      } else {
        reject(origin, released.rejection(), released.rewardId(), context);
      }
    }
  }

  private void rejectImpression(
      RawRecord origin, Rejection reason, String detail, Context context) {
    impressions.deadLettered(reason.name());
    context.output(DeadLetterOutput.TAG, DeadLetterOutput.of(origin, new Reject(reason, detail)));
  }

  private void reject(RawRecord origin, Rejection reason, String rewardId, Context context) {
    rewards.deadLettered(reason.name());
    context.output(
        DeadLetterOutput.TAG,
        DeadLetterOutput.of(origin, new Reject(reason, reason.description() + ": " + rewardId)));
  }

  private JoinState load() throws Exception {
    byte[] bytes = joinState.value();
    return bytes == null ? new JoinState() : StateBytes.parse(bytes, JoinState::read);
  }

  private void store(JoinState state, TimerService timers) throws Exception {
    if (state.isEmpty()) {
      joinState.clear();
      return;
    }
    joinState.update(StateBytes.write(state::write));
    timers.registerEventTimeTimer(Math.floorDiv(join.nextTimer(state), 1000L));
  }

  /** No record with this or an earlier time is still to come. */
  private static long watermarkMicros(TimerService timers) {
    return endOfMillisecond(timers.currentWatermark());
  }

  private static long endOfMillisecond(long millis) {
    if (millis >= Long.MAX_VALUE / 1000 - 1) {
      return Long.MAX_VALUE;
    }
    return millis <= Long.MIN_VALUE / 1000 ? Long.MIN_VALUE : millis * 1000 + 999;
  }

  private static RewardCorrection correction(
      String impressionId, JoinDecision.Correction correction) {
    return new RewardCorrection(
        impressionId,
        correction.impressionTimeMicros(),
        correction.revision(),
        correction.reward(),
        correction.previousReward(),
        correction.rewardCount());
  }

  private static Feedback feedback(Impression impression, JoinDecision.Outcome outcome) {
    boolean logged = impression.getPropensity() != null;
    long draws = impression.getPropensityDraws();
    boolean counted = logged && draws > 0;
    return Feedback.newBuilder()
        .setImpressionId(impression.getImpressionId())
        .setEventTimeMicros(impression.getEventTimeMicros())
        .setSegment(impression.getSegment())
        .setContext(impression.getContext())
        .setItemId(impression.getItemId())
        .setPosition(impression.getPosition())
        .setSlateId(impression.getSlateId())
        .setEligibleItemIds(impression.getEligibleItemIds())
        .setPolicyId(impression.getPolicyId())
        .setPolicyVersion(impression.getPolicyVersion())
        .setReward(outcome.reward())
        .setRewardCount(outcome.rewardCount())
        .setActivatedInTime(outcome.activated())
        .setPropensity(logged ? impression.getPropensity() : 0)
        .setPropensitySource(
            counted
                ? PropensitySource.MONTE_CARLO
                : logged ? PropensitySource.LOGGED : PropensitySource.ESTIMATED)
        .setPropensityDraws(draws)
        .setPropensityUncertainty(
            counted ? Propensity.monteCarlo(impression.getPropensity(), draws).uncertainty() : 0)
        .setEstimatedPropensity(0)
        .setEstimatedUncertainty(0)
        .build();
  }
}
