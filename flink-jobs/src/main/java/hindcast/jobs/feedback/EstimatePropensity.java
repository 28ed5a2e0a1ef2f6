package hindcast.jobs.feedback;

import hindcast.avro.Feedback;
import hindcast.avro.PropensitySource;
import hindcast.jobs.state.ImpressionTimeWindows;
import hindcast.jobs.state.Ledger;
import hindcast.propensity.Propensity;
import hindcast.propensity.PropensityMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps the logging-policy estimate of each (serving policy version, segment). Feedback waits until
 * the watermark has passed its window; then, in the order of {@link ImpressionTimeWindows#ORDER},
 * the estimate is read for each impression and updated with it. With {@code wholeWindow} all of a
 * window is predicted from the state at its start, and then counted.
 *
 * <p>A logged propensity is used as it is, with uncertainty 0, and one counted by Monte Carlo with
 * that of its draws, unless the configuration says otherwise; the estimate and the name of its
 * model go with the record in any case. Feedback that was not activated in time gets an estimate
 * and is not counted: a contextual model takes note of its item and learns nothing from it.
 *
 * <p>The second input is what was shown over all segments ({@link CountShown}), on every subtask. A
 * key that no impression has touched for the configured age is forgotten and counted: ledger {@code
 * propensity}, {@code opened = forgotten + held} keys, and how many item counts were forgotten.
 */
public final class EstimatePropensity extends AbstractStreamOperator<Feedback>
    implements TwoInputStreamOperator<Feedback, Tuple3<Long, String, Long>, Feedback>,
        Triggerable<String, Long> {
  private static final long serialVersionUID = 1L;
  private static final Long AGE = Long.MIN_VALUE;

  private final PropensitySettings settings;
  private final ImpressionTimeWindows windows;

  private transient InternalTimerService<Long> timers;
  private transient ListStateDescriptor<Feedback> held;
  private transient ValueState<Tuple2<Long, Long>> age;
  private transient SharedPopularity popularity;
  private transient KeyedEstimate estimate;
  private transient Ledger ledger;

  /**
   * @param settings how to estimate
   * @param windows the windows of impression time whose feedback is put in order
   */
  public EstimatePropensity(PropensitySettings settings, ImpressionTimeWindows windows) {
    this.settings = settings;
    this.windows = windows;
  }

  /** The key of the estimate a feedback belongs to. */
  public static String key(Feedback feedback) {
    return feedback.getPolicyId() + '/' + feedback.getPolicyVersion() + '/' + feedback.getSegment();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    popularity =
        new SharedPopularity(settings, windows.maturity(), context.getOperatorStateStore());
    ledger = Ledger.open("propensity", context.getOperatorStateStore(), getMetricGroup());
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    ledger.snapshot();
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("propensity", LongSerializer.INSTANCE, this);
    held = new ListStateDescriptor<>("held", new AvroTypeInfo<>(Feedback.class));
    age =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("age", Types.TUPLE(Types.LONG, Types.LONG)));
    estimate =
        settings.model() == PropensityMethod.DIRICHLET
            ? new KeyedDirichlet(settings, popularity, getRuntimeContext())
            : new KeyedContextual(settings, getRuntimeContext());
  }

  @Override
  public void processElement1(StreamRecord<Feedback> record) throws Exception {
    long end = windows.end(record.getValue());
    heldUntil(end).add(record.getValue());
    timers.registerEventTimeTimer(end, end - 1);
  }

  @Override
  public void processElement2(StreamRecord<Tuple3<Long, String, Long>> record) throws Exception {
    popularity.add(record.getValue().f0, record.getValue().f1, record.getValue().f2);
  }

  @Override
  public void onEventTime(InternalTimer<String, Long> timer) throws Exception {
    if (timer.getNamespace().equals(AGE)) {
      forgetIfUntouched(timer.getTimestamp());
    } else {
      popularity.foldBefore(timer.getNamespace());
      estimate(timer.getNamespace());
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, Long> timer) {
    throw new IllegalStateException("no timer is in processing time: " + timer);
  }

  private void estimate(long end) throws Exception {
    List<Feedback> window = new ArrayList<>();
    heldUntil(end).get().forEach(window::add);
    heldUntil(end).clear();
    window.sort(ImpressionTimeWindows.ORDER);
    Optional<Feedback> firstCounted =
        window.stream().filter(Feedback::getActivatedInTime).findFirst();
    boolean isNew = estimate.load(firstCounted.orElse(window.get(0)));
    for (Feedback feedback : window) {
      emit(feedback, estimate.predict(feedback), end - 1);
      if (!settings.wholeWindow()) {
        count(feedback);
      }
    }
    if (settings.wholeWindow()) {
      for (Feedback feedback : window) {
        count(feedback);
      }
    }
    if (firstCounted.isPresent()) {
      keep(isNew, end - 1);
    }
  }

  private void keep(boolean isNew, long time) throws Exception {
    if (isNew) {
      ledger.count("opened", 1);
      ledger.held(1);
    }
    estimate.store();
    touch(time);
  }

  private void count(Feedback feedback) throws Exception {
    if (feedback.getActivatedInTime()) {
      estimate.update(feedback);
    }
  }

  private ListState<Feedback> heldUntil(long end) throws Exception {
    return getPartitionedState(end, LongSerializer.INSTANCE, held);
  }

  private void touch(long time) throws Exception {
    if (settings.forgetAfterMillis() > 0) {
      Tuple2<Long, Long> known = age.value();
      long timer = known == null ? time + settings.forgetAfterMillis() : known.f1;
      if (known == null) {
        timers.registerEventTimeTimer(AGE, timer);
      }
      age.update(Tuple2.of(time, timer));
    }
  }

  private void forgetIfUntouched(long now) throws Exception {
    long due = age.value().f0 + settings.forgetAfterMillis();
    if (due > now) {
      age.update(Tuple2.of(age.value().f0, due));
      timers.registerEventTimeTimer(AGE, due);
      return;
    }
    ledger.count("forgotten", 1);
    ledger.count("forgottenItems", estimate.forget());
    ledger.held(-1);
    age.clear();
  }

  private void emit(Feedback feedback, Propensity estimated, long timestamp) {
    boolean known =
        feedback.getPropensitySource() != PropensitySource.ESTIMATED && settings.useLogged();
    output.collect(
        new StreamRecord<>(
            new Feedback(
                feedback.getImpressionId(),
                feedback.getEventTimeMicros(),
                feedback.getSegment(),
                feedback.getContext(),
                feedback.getItemId(),
                feedback.getPosition(),
                feedback.getSlateId(),
                feedback.getEligibleItemIds(),
                feedback.getPolicyId(),
                feedback.getPolicyVersion(),
                feedback.getReward(),
                feedback.getRewardCount(),
                known ? feedback.getPropensity() : estimated.value(),
                known ? feedback.getPropensitySource() : PropensitySource.ESTIMATED,
                known ? feedback.getPropensityDraws() : 0,
                known ? feedback.getPropensityUncertainty() : estimated.uncertainty(),
                estimated.value(),
                estimated.uncertainty(),
                settings.model().name(),
                feedback.getRevision(),
                feedback.getPreviousReward(),
                feedback.getActivatedInTime()),
            timestamp));
  }
}
