package hindcast.jobs.alerting;

import hindcast.alert.Condition;
import hindcast.alert.StandingAlerts;
import hindcast.avro.Alert;
import hindcast.avro.Feedback;
import hindcast.avro.internal.AlertInput;
import hindcast.avro.internal.FeedbackBlock;
import hindcast.avro.internal.ScoredBlock;
import hindcast.jobs.state.StateBytes;
import hindcast.jobs.state.UntilWatermark;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Raises alerts, window by window in event time: what a window's alerts rest on does not depend on
 * how the watermark advanced. Commands hold from their event time and arrive ahead of their window.
 * For one key and one subtask.
 */
public final class RaiseAlerts extends KeyedProcessFunction<String, AlertInput, Alert>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;
  private static final int FORMAT = 1;

  private final AlertOptions options;

  private transient UntilWatermark<AlertInput> inputs;
  private transient ListState<byte[]> state;
  private transient WatchedDeployment deployment;
  private transient WatchedPipeline pipeline;
  private transient StandingAlerts standing;
  private transient long evaluatedUntilMicros;

  /** Raises alerts as {@code options} say. */
  public RaiseAlerts(AlertOptions options) {
    this.options = options;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    deployment = new WatchedDeployment(options);
    pipeline = new WatchedPipeline(options);
    standing = new StandingAlerts();
    evaluatedUntilMicros = Long.MIN_VALUE;
    state =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "alerts", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    for (byte[] bytes : state.get()) {
      StateBytes.read(bytes, this::read);
    }
  }

  @Override
  public void open(OpenContext context) throws Exception {
    inputs =
        new UntilWatermark<>(
            getRuntimeContext()
                .getMapState(
                    UntilWatermark.descriptor("inputs", new AvroTypeInfo<>(AlertInput.class))));
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("hindcast");
    metrics.gauge("standingAlerts", (Gauge<Integer>) () -> standing.size());
    metrics.gauge("otherTraffic", (Gauge<Long>) () -> deployment.otherTraffic());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    state.update(List.of(StateBytes.write(this::write)));
  }

  @Override
  public void processElement(AlertInput input, Context context, Collector<Alert> out)
      throws Exception {
    if (input.getControl() != null) {
      deployment.add(input.getControl());
    } else {
      inputs.add(input, context.timestamp(), context.timerService());
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
      throws Exception {
    List<AlertInput> window = inputs.take(timestamp);
    for (AlertInput input : window) {
      if (input.getFinding() != null) {
        pipeline.add(input.getFinding());
        evaluatedUntil(input.getFinding().getEventTimeMicros());
      } else if (input.getLearned() != null) {
        pipeline.published(input.getLearned(), input.getDataCutMicros());
      }
    }
    watch(window);
    if (evaluatedUntilMicros > Long.MIN_VALUE) {
      List<Condition> conditions = new ArrayList<>(pipeline.conditions(evaluatedUntilMicros));
      conditions.addAll(deployment.conditions());
      standing
          .update(conditions, evaluatedUntilMicros)
          .forEach(change -> out.collect(AlertRecords.of(change)));
    }
  }

  private void watch(List<AlertInput> window) {
    List<FeedbackBlock> blocks = new ArrayList<>();
    window.stream().map(AlertInput::getBlock).filter(Objects::nonNull).forEach(blocks::add);
    blocks.sort(Comparator.comparingLong(FeedbackBlock::getNumber));
    for (FeedbackBlock block : blocks) {
      if (!block.getFeedback().isEmpty()) {
        deployment.at(block.getFeedback().get(0).getEventTimeMicros());
      }
      Map<Long, ScoredBlock> champion = championWeights(window);
      add(block, champion.get(block.getNumber()));
      evaluatedUntil(block.getWindowEndMicros());
    }
  }

  private Map<Long, ScoredBlock> championWeights(List<AlertInput> window) {
    Map<Long, ScoredBlock> weights = new HashMap<>();
    for (AlertInput input : window) {
      ScoredBlock scored = input.getScored();
      if (scored != null && deployment.isChampion(scored.getPolicy(), scored.getVersion())) {
        weights.put(scored.getNumber(), scored);
      }
    }
    return weights;
  }

  private void add(FeedbackBlock block, ScoredBlock champion) {
    List<Feedback> feedback = block.getFeedback();
    for (int k = 0; k < feedback.size(); k++) {
      Feedback outcome = feedback.get(k);
      pipeline.add(outcome.getRewardCount() > 0);
      deployment.add(outcome, champion == null ? Double.NaN : champion.getWeights().get(k));
    }
  }

  private void evaluatedUntil(long micros) {
    evaluatedUntilMicros = Math.max(evaluatedUntilMicros, micros);
  }

  private void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeLong(evaluatedUntilMicros);
    deployment.write(out);
    pipeline.write(out);
    standing.write(out);
  }

  private void read(DataInput in) throws IOException {
    StateBytes.requireFormat(FORMAT, in.readByte(), "alerts");
    evaluatedUntilMicros = in.readLong();
    deployment.read(in);
    pipeline.read(in);
    standing.read(in);
  }
}
