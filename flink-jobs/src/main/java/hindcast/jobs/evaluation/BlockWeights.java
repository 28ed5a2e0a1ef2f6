package hindcast.jobs.evaluation;

import hindcast.avro.internal.ScoredBlock;
import hindcast.control.ControlCommand;
import hindcast.control.PolicyVersion;
import hindcast.evaluation.EvaluatedSlice;
import hindcast.evaluation.ScoredOutcome;
import hindcast.feedback.LoggedFeedback;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The importance weights of one block under every version that can be deployed: those of a learned
 * line, and version 0 of a line that does not learn. Only while something is deployed, for nothing
 * is compared before.
 */
final class BlockWeights {
  private static final long NO_BLOCK = -1;

  private final boolean learned;
  private final TreeMap<EvaluatedSlice, double[]> weights = new TreeMap<>();
  private List<LoggedFeedback> block = List.of();
  private ControlCommand deployedBy;
  private int event;

  BlockWeights(EvaluationSettings.Kind kind) {
    learned = kind == EvaluationSettings.Kind.LEARNED;
  }

  /**
   * Begins a block, with its outcomes that count.
   *
   * @param by the command that deployed what is deployed; null if nothing is
   */
  void begin(List<LoggedFeedback> feedback, ControlCommand by) {
    block = feedback;
    deployedBy = by;
    event = 0;
    weights.clear();
  }

  /** Adds an outcome of the block that counts; outcomes come in its order. */
  void add(EvaluatedSlice slice, ScoredOutcome outcome) {
    if (deployedBy == null
        || !slice.segment().equals(EvaluatedSlice.ALL)
        || learned == (slice.version() == 0)) {
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
      taken.add(take(number, entry.getKey(), entry.getValue()));
    }
    weights.clear();
    return taken;
  }

  private ScoredBlock take(long number, EvaluatedSlice slice, double[] ofSlice) {
    ScoredBlock.Builder scored =
        ScoredBlock.newBuilder()
            .setPolicy(slice.policy())
            .setVersion(slice.version())
            .setNumber(number)
            .setWeights(new ArrayList<>(Arrays.stream(ofSlice).boxed().toList()));
    if (deployedBy.target().equals(new PolicyVersion(slice.policy(), slice.version()))) {
      scored
          .setDeployment(deployedBy.id())
          .setRewards(ofBlock(LoggedFeedback::reward))
          .setUncertainties(ofBlock(feedback -> feedback.propensity().uncertainty()));
    }
    return scored.build();
  }

  private List<Double> ofBlock(ToDoubleFunction<LoggedFeedback> number) {
    return new ArrayList<>(block.stream().mapToDouble(number).boxed().toList());
  }

  /** Says that a version of a policy is scored no more. */
  static ScoredBlock closed(String policy, long version) {
    return ScoredBlock.newBuilder()
        .setPolicy(policy)
        .setVersion(version)
        .setNumber(NO_BLOCK)
        .setWeights(new ArrayList<>())
        .setClosed(true)
        .build();
  }
}
