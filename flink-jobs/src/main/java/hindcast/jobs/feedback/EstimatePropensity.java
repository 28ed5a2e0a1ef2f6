package hindcast.jobs.feedback;

import hindcast.avro.Feedback;
import hindcast.avro.PropensitySource;
import hindcast.jobs.state.ImpressionTimeWindows;
import hindcast.jobs.state.StateBytes;
import hindcast.propensity.DirichletPropensity;
import hindcast.propensity.Propensity;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/**
 * Keeps the logging-policy estimate of one (serving policy version, segment): reads it for every
 * impression, in order, then updates it with that impression. A logged propensity is used as it is,
 * with uncertainty 0, unless the configuration says otherwise; the estimate goes with the record in
 * both cases.
 */
public final class EstimatePropensity
    extends ProcessWindowFunction<Feedback, Feedback, String, TimeWindow> {
  private static final long serialVersionUID = 1L;

  private final double halfLifeMicros;
  private final double priorStrength;
  private final double priorMean;
  private final boolean useLogged;

  /**
   * @param halfLifeMicros half-life of a count in microseconds, infinite for none
   * @param priorStrength total prior mass
   * @param actionCount number of actions the prior is uniform over, at least 1
   * @param useLogged whether a logged propensity takes precedence over the estimate
   */
  public EstimatePropensity(
      double halfLifeMicros, double priorStrength, long actionCount, boolean useLogged) {
    this.halfLifeMicros = halfLifeMicros;
    this.priorStrength = priorStrength;
    this.priorMean = 1.0 / actionCount;
    this.useLogged = useLogged;
  }

  /** The key of the estimate a feedback belongs to. */
  public static String key(Feedback feedback) {
    return feedback.getPolicyId() + '/' + feedback.getPolicyVersion() + '/' + feedback.getSegment();
  }

  @Override
  public void process(
      String key, Context context, Iterable<Feedback> elements, Collector<Feedback> out)
      throws Exception {
    ValueState<byte[]> state =
        context
            .globalState()
            .getState(
                new ValueStateDescriptor<>(
                    "logging-policy", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    DirichletPropensity estimate =
        state.value() == null
            ? new DirichletPropensity(halfLifeMicros, priorStrength)
            : StateBytes.parse(state.value(), DirichletPropensity::read);
    for (Feedback feedback : inOrder(elements)) {
      long time = feedback.getEventTimeMicros();
      Propensity estimated = estimate.predict(feedback.getItemId(), priorMean, time);
      estimate.update(feedback.getItemId(), time);
      out.collect(withPropensity(feedback, estimated));
    }
    state.update(StateBytes.write(estimate::write));
  }

  private static List<Feedback> inOrder(Iterable<Feedback> elements) {
    List<Feedback> ordered = new ArrayList<>();
    elements.forEach(ordered::add);
    ordered.sort(ImpressionTimeWindows.ORDER);
    return ordered;
  }

  private Feedback withPropensity(Feedback feedback, Propensity estimated) {
    boolean logged = feedback.getPropensitySource() == PropensitySource.LOGGED && useLogged;
    return new Feedback(
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
        logged ? feedback.getPropensity() : estimated.value(),
        logged ? PropensitySource.LOGGED : PropensitySource.ESTIMATED,
        logged ? 0.0 : estimated.uncertainty(),
        estimated.value(),
        estimated.uncertainty());
  }
}
