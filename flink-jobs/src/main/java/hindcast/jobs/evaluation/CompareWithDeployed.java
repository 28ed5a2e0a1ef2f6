package hindcast.jobs.evaluation;

import hindcast.avro.GateVerdict;
import hindcast.avro.ValueEstimate;
import hindcast.avro.internal.ComparisonInput;
import hindcast.avro.internal.ScoredBlock;
import hindcast.jobs.state.StateBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Passes estimates and verdicts on, each with the difference to what is deployed as of its event
 * time: it waits for the watermark, and the weights of a time count before what was reported at it.
 * Per key the order stays as it is. For one key and one subtask; gauge {@code comparedVersions}.
 *
 * <p>What waits is held in memory and in operator state, for a report has many records of one time.
 */
public final class CompareWithDeployed
    extends KeyedProcessFunction<String, ComparisonInput, ValueEstimate>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  /** Side output of the verdicts. */
  public static final OutputTag<GateVerdict> VERDICTS =
      new OutputTag<>("compared-verdicts", new AvroTypeInfo<>(GateVerdict.class));

  private final EvaluationSettings settings;

  private transient TreeMap<Long, List<ComparisonInput>> held;
  private transient ListState<ComparisonInput> heldState;
  private transient ListState<byte[]> state;
  private transient DeployedFields deployed;

  /** Compares as {@code settings} say. */
  public CompareWithDeployed(EvaluationSettings settings) {
    this.settings = settings;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    held = new TreeMap<>();
    deployed = new DeployedFields(settings);
    heldState =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("held", new AvroTypeInfo<>(ComparisonInput.class)));
    state =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "comparisons", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    for (ComparisonInput input : heldState.get()) {
      hold(input);
    }
    for (byte[] bytes : state.get()) {
      StateBytes.read(bytes, deployed::read);
    }
    getRuntimeContext()
        .getMetricGroup()
        .addGroup("hindcast")
        .gauge("comparedVersions", (Gauge<Integer>) () -> deployed.size());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    List<ComparisonInput> all = new ArrayList<>();
    held.values().forEach(all::addAll);
    heldState.update(all);
    state.update(List.of(StateBytes.write(deployed::write)));
  }

  private void hold(ComparisonInput input) {
    held.computeIfAbsent(input.getTimeMillis(), time -> new ArrayList<>()).add(input);
  }

  @Override
  public void processElement(ComparisonInput input, Context context, Collector<ValueEstimate> out) {
    input.setTimeMillis(context.timestamp());
    hold(input);
    context.timerService().registerEventTimeTimer(context.timestamp());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ValueEstimate> out) {
    List<ComparisonInput> inputs = held.remove(timestamp);
    if (inputs == null) {
      return;
    }
    List<ScoredBlock> scored =
        inputs.stream().map(ComparisonInput::getScored).filter(Objects::nonNull).toList();
    deployed.add(scored, timestamp);
    for (ComparisonInput input : inputs) {
      if (input.getEstimate() != null) {
        deployed.set(input.getEstimate());
        out.collect(input.getEstimate());
      } else if (input.getVerdict() != null) {
        deployed.set(input.getVerdict());
        context.output(VERDICTS, input.getVerdict());
      }
    }
    deployed.forget(timestamp);
  }
}
