package hindcast.jobs.evaluation;

import hindcast.avro.internal.EvaluationInput;
import hindcast.avro.internal.RewardCorrection;
import java.util.ArrayList;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Hands each correction to the evaluator of every policy line. */
final class CorrectionsForLines implements FlatMapFunction<RewardCorrection, EvaluationInput> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> lines = new ArrayList<>();

  CorrectionsForLines(EvaluationSettings settings) {
    settings.lines().forEach(line -> lines.add(line.id()));
  }

  @Override
  public void flatMap(RewardCorrection correction, Collector<EvaluationInput> out) {
    for (String line : lines) {
      out.collect(new EvaluationInput(line, null, null, correction, null, null));
    }
  }
}
