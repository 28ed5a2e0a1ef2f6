package hindcast.jobs.evaluation;

import hindcast.avro.Alert;
import hindcast.avro.ValueEstimate;
import hindcast.evaluation.EvaluatedSlice;
import hindcast.evaluation.PolicyScorer;
import hindcast.evaluation.ProgressiveValidation;
import hindcast.evaluation.ScoredOutcome;
import hindcast.feedback.LoggedFeedback;
import hindcast.jobs.evaluation.EvaluationSettings.PolicyLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The evaluation of one policy line while it is in memory: its open versions, the estimates of each
 * slice, and which slices changed since they were last written to state.
 */
final class LineEvaluation {
  private final EvaluationSettings settings;
  private final PolicyLine line;
  private final ProgressiveValidation validation;
  private final TreeMap<EvaluatedSlice, SliceEstimates> slices = new TreeMap<>();
  private final TreeSet<EvaluatedSlice> changed = new TreeSet<>();
  private long evaluatedUntilMicros = Long.MIN_VALUE;
  private long reportedUntilMicros = Long.MIN_VALUE;

  LineEvaluation(EvaluationSettings settings, PolicyLine line) {
    this.settings = settings;
    this.line = line;
    this.validation =
        new ProgressiveValidation(
            line.policyNames(), settings.bySegment(), settings.maximumOpenVersions());
  }

  /** The estimates of a slice, begun if there are none. */
  SliceEstimates slice(EvaluatedSlice key) {
    return slices.computeIfAbsent(key, k -> new SliceEstimates(settings, k));
  }

  /**
   * Opens a version and closes what has no room any more.
   *
   * @return the versions that were closed
   */
  List<Long> open(long version, long cutMicros, PolicyScorer scorer) {
    return validation.open(version, cutMicros, scorer);
  }

  /** Forgets the estimates of a closed version; their last report stands. */
  List<EvaluatedSlice> forget(long version) {
    List<EvaluatedSlice> forgotten =
        slices.keySet().stream().filter(key -> key.version() == version).toList();
    forgotten.forEach(slices::remove);
    forgotten.forEach(changed::remove);
    return forgotten;
  }

  /**
   * Scores outcomes, in order of impression time, under every open version; raised alerts go to
   * {@code alerts}.
   */
  void score(List<LoggedFeedback> minibatch, Consumer<Alert> alerts) {
    validation.score(minibatch, (slice, outcome) -> add(slice, outcome, alerts));
  }

  private void add(EvaluatedSlice key, ScoredOutcome outcome, Consumer<Alert> alerts) {
    long time = outcome.feedback().eventTimeMicros();
    SliceEstimates slice = slice(key);
    slice.add(outcome, key.version() == validation.versionInForce(time));
    slice.alert(time).ifPresent(alerts);
    changed.add(key);
  }

  /** How often a version was not defined on a context it should have been scored on. */
  long refused() {
    return validation.refused();
  }

  /** All outcomes of windows that end at or before this time are in the estimates. */
  void evaluatedUntil(long micros) {
    evaluatedUntilMicros = Math.max(evaluatedUntilMicros, micros);
  }

  /** End of the last window in the estimates. */
  long evaluatedUntilMicros() {
    return evaluatedUntilMicros;
  }

  /** The estimates of every slice, unless nothing has changed since the last report. */
  List<ValueEstimate> report() {
    if (reportedUntilMicros == evaluatedUntilMicros) {
      return List.of();
    }
    reportedUntilMicros = evaluatedUntilMicros;
    List<ValueEstimate> estimates = new ArrayList<>();
    slices.forEach((key, slice) -> estimates.addAll(slice.report(evaluatedUntilMicros)));
    return estimates;
  }

  /** The estimates of one version. */
  List<ValueEstimate> report(long version) {
    List<ValueEstimate> estimates = new ArrayList<>();
    slices.forEach(
        (key, slice) -> {
          if (key.version() == version) {
            estimates.addAll(slice.report(evaluatedUntilMicros));
          }
        });
    return estimates;
  }

  /** The slices that changed since the last call. */
  Map<EvaluatedSlice, SliceEstimates> takeChanged() {
    Map<EvaluatedSlice, SliceEstimates> taken = new TreeMap<>();
    changed.forEach(key -> taken.put(key, slices.get(key)));
    changed.clear();
    return taken;
  }

  /** The line this evaluates. */
  PolicyLine line() {
    return line;
  }
}
