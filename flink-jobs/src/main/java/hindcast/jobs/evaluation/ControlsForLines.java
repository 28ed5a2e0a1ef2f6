package hindcast.jobs.evaluation;

import hindcast.avro.PolicyControl;
import hindcast.avro.internal.EvaluationInput;
import hindcast.connectors.avro.ControlMapping;
import hindcast.jobs.control.PolicyControls;
import java.util.ArrayList;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Hands each command to the evaluator of every policy line, since what is deployed concerns them
 * all; the version that comes with it only to its own line.
 */
final class ControlsForLines implements FlatMapFunction<PolicyControl, EvaluationInput> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> lines = new ArrayList<>();

  ControlsForLines(EvaluationSettings settings) {
    settings.lines().forEach(line -> lines.add(line.id()));
  }

  @Override
  public void flatMap(PolicyControl control, Collector<EvaluationInput> out) {
    String own = ControlMapping.command(control).target().line();
    PolicyControl forOthers = PolicyControls.withoutContent(control);
    for (String line : lines) {
      out.collect(
          new EvaluationInput(
              line, null, null, null, null, line.equals(own) ? control : forOthers));
    }
  }
}
