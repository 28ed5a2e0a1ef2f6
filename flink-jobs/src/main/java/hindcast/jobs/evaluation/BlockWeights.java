package hindcast.jobs.evaluation;

import hindcast.avro.internal.ScoredBlock;
import hindcast.evaluation.EvaluatedSlice;
import hindcast.evaluation.ScoredOutcome;
import hindcast.feedback.LoggedFeedback;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The importance weights of one block under every version that can be deployed: those of a learned
 * line, and version 0 of a line that does not learn.
 */
final class BlockWeights {
  private final boolean learned;
  private final TreeMap<EvaluatedSlice, double[]> weights = new TreeMap<>();
  private List<LoggedFeedback> block = List.of();
  private int event;

  BlockWeights(EvaluationSettings.Kind kind) {
    learned = kind == EvaluationSettings.Kind.LEARNED;
  }

  /** Begins a block, with its outcomes that count. */
  void begin(List<LoggedFeedback> feedback) {
    block = feedback;
    event = 0;
    weights.clear();
  }

  /** Adds an outcome of the block that counts; outcomes come in its order. */
  void add(EvaluatedSlice slice, ScoredOutcome outcome) {
    if (!slice.segment().equals(EvaluatedSlice.ALL) || learned == (slice.version() == 0)) {
      return;
    }
    while (!block.get(event).impressionId().equals(outcome.impressionId())) {
      event++;
    }
    weights.computeIfAbsent(slice, key -> none(block.size()))[event] = outcome.scored().weight();
  }

  private static double[] none(int size) {
    double[] none = new double[size];
    Arrays.fill(none, Double.NaN);
    return none;
  }

  /** Hands over the weights of the block. */
  List<ScoredBlock> take(long number) {
    List<ScoredBlock> taken = new ArrayList<>();
    for (Map.Entry<EvaluatedSlice, double[]> entry : weights.entrySet()) {
      taken.add(
          new ScoredBlock(
              entry.getKey().policy(),
              entry.getKey().version(),
              number,
              new ArrayList<>(Arrays.stream(entry.getValue()).boxed().toList())));
    }
    weights.clear();
    return taken;
  }
}
