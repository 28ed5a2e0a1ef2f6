package hindcast.jobs.evaluation;

import hindcast.avro.internal.AuditVerdict;
import hindcast.avro.internal.EvaluationInput;
import java.util.ArrayList;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Hands each verdict of the audit to the evaluator of every policy line. */
final class VerdictsForLines implements FlatMapFunction<AuditVerdict, EvaluationInput> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> lines = new ArrayList<>();

  VerdictsForLines(EvaluationSettings settings) {
    settings.lines().forEach(line -> lines.add(line.id()));
  }

  @Override
  public void flatMap(AuditVerdict verdict, Collector<EvaluationInput> out) {
    for (String line : lines) {
      out.collect(new EvaluationInput(line, null, null, null, verdict, null));
    }
  }
}
