package hindcast.jobs.feedback;

import hindcast.avro.Feedback;
import hindcast.connectors.avro.AvroMapping;
import hindcast.jobs.state.StateBytes;
import hindcast.propensity.ContextualPropensity;
import hindcast.propensity.Propensity;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;

/**
 * A contextual estimate. Each event moves every weight, so the state is one value, read and written
 * once a window.
 */
final class KeyedContextual implements KeyedEstimate {
  private final PropensitySettings settings;
  private final ValueState<byte[]> state;
  private ContextualPropensity estimate;

  KeyedContextual(PropensitySettings settings, RuntimeContext context) {
    this.settings = settings;
    state =
        context.getState(
            new ValueStateDescriptor<>(
                "logging-policy-model", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  public boolean load(Feedback first) throws Exception {
    byte[] bytes = state.value();
    estimate =
        bytes == null
            ? new ContextualPropensity(
                settings.model(),
                AvroMapping.context(first.getContext()).dimension(),
                Math.toIntExact(settings.actionCount()),
                settings.learningRate(),
                settings.halfLifeMicros())
            : StateBytes.parse(bytes, ContextualPropensity::read);
    estimate.advance(first.getEventTimeMicros());
    return bytes == null;
  }

  @Override
  public Propensity predict(Feedback feedback) {
    return estimate.predict(feedback.getItemId(), context(feedback));
  }

  @Override
  public void update(Feedback feedback) {
    estimate.update(feedback.getItemId(), context(feedback));
  }

  private static double[] context(Feedback feedback) {
    return AvroMapping.context(feedback.getContext()).toArray();
  }

  @Override
  public void store() throws Exception {
    state.update(StateBytes.write(estimate::write));
  }

  @Override
  public long forget() throws Exception {
    long items = StateBytes.parse(state.value(), ContextualPropensity::read).items();
    state.clear();
    return items;
  }
}
