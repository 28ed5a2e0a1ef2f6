package hindcast.jobs.evaluation;

import hindcast.avro.Alert;
import hindcast.avro.GateVerdict;
import hindcast.avro.ValueEstimate;
import hindcast.avro.ValueWindow;
import hindcast.avro.internal.ScoredBlock;
import hindcast.control.ControlCommand;
import hindcast.control.Deployment;
import hindcast.control.DeploymentHistory;
import hindcast.evaluation.EvaluatedSlice;
import hindcast.evaluation.PolicyScorer;
import hindcast.evaluation.ProgressiveValidation;
import hindcast.evaluation.ScoredWindow;
import hindcast.feedback.LoggedFeedback;
import hindcast.jobs.audit.AuditOptions;
import hindcast.jobs.evaluation.EvaluationSettings.PolicyLine;
import hindcast.jobs.gate.GateSettings;
import hindcast.jobs.gate.LineGates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final LineAudit audit;
  private final LineGates gates;
  private final TreeMap<EvaluatedSlice, SliceEstimates> slices = new TreeMap<>();
  private final TreeSet<EvaluatedSlice> changed = new TreeSet<>();
  private final BlockWeights weights;
  private final List<ScoredBlock> closed = new ArrayList<>();
  private long evaluatedUntilMicros = Long.MIN_VALUE;
  private long revisionsNotScored;
  private long reportedUntilMicros = Long.MIN_VALUE;
  private long storedUntilWindow = Long.MIN_VALUE;
  private boolean correctedSinceStored;
  private List<String> unreliable = List.of();
  private DeploymentHistory deployments = new DeploymentHistory();

  LineEvaluation(
      EvaluationSettings settings, PolicyLine line, AuditOptions audit, GateSettings gates) {
    this.settings = settings;
    this.line = line;
    this.weights = new BlockWeights(line.kind());
    this.audit = new LineAudit(audit, settings, line);
    this.gates =
        new LineGates(gates, line.policyNames(), line.kind() == EvaluationSettings.Kind.LEARNED);
    this.validation =
        new ProgressiveValidation(
            line.policyNames(), settings.bySegment(), settings.maximumOpenVersions());
  }

  /** The estimates of a slice, begun if there are none. */
  SliceEstimates slice(EvaluatedSlice key) {
    return slices.computeIfAbsent(key, k -> new SliceEstimates(settings, k));
  }

  /**
   * Opens a version and closes what has no room any more. A version that was closed before is
   * scored again.
   *
   * @return the versions that were closed
   */
  List<Long> open(long version, long cutMicros, PolicyScorer scorer) {
    slices.forEach(
        (key, slice) -> {
          if (version != 0 && key.version() == version && slice.isClosed()) {
            slice.reopen();
            changed.add(key);
          }
        });
    return validation.open(version, cutMicros, scorer);
  }

  /** Whether a version is open. */
  boolean isOpen(long version) {
    return validation.isOpen(version);
  }

  /**
   * Obeys the commands that have taken effect: what they pin is never closed to make room, what
   * they left counts for the line no more.
   *
   * @return the open versions that were left and are not pinned
   */
  List<Long> follow(DeploymentHistory history) {
    deployments = history;
    Deployment now = history.last();
    return validation.follow(
        version -> now.isPinned(line.id(), version),
        (version, cut) -> history.isLeft(line.id(), version, cut, Long.MAX_VALUE));
  }

  /** The commands that have taken effect. */
  DeploymentHistory deployments() {
    return deployments;
  }

  /** A version is closed: its estimates stand, but for corrections. */
  void close(long version) {
    gates.close(version);
    validation.close(version);
    line.policyNames().forEach(policy -> closed.add(BlockWeights.closed(policy, version)));
    slices.forEach(
        (key, slice) -> {
          if (key.version() == version) {
            slice.close(evaluatedUntilMicros);
            changed.add(key);
          }
        });
  }

  /** Forgets closed versions that cannot be corrected any more; their last report stands. */
  List<EvaluatedSlice> forgetSettled() {
    List<EvaluatedSlice> forgotten = new ArrayList<>();
    slices.forEach(
        (key, slice) -> {
          if (slice.isClosed() && slice.isSettled()) {
            forgotten.add(key);
          }
        });
    forgotten.forEach(slices::remove);
    forgotten.forEach(changed::remove);
    return forgotten;
  }

  /**
   * Scores outcomes, in order of impression time, under every open version; raised alerts go to
   * {@code alerts}.
   *
   * @param unactivated ids of those that do not count unless they are corrected
   * @param windowEndMicros end of their window
   * @param window remembers them so that they can be corrected; null where they cannot
   */
  void score(
      List<LoggedFeedback> minibatch,
      Set<String> unactivated,
      long windowEndMicros,
      ScoredWindow window,
      Consumer<Alert> alerts) {
    weights.begin(counted(minibatch, unactivated), deployedBy());
    validation.score(
        minibatch,
        (key, outcome) -> {
          long time = outcome.eventTimeMicros();
          boolean inForce = key.version() == validation.versionInForce(time);
          SliceEstimates slice = slice(key);
          changed.add(key);
          if (unactivated.contains(outcome.impressionId())) {
            slice.awaitCorrections(windowEndMicros);
            window.addUnactivated(key, outcome, inForce);
            return;
          }
          weights.add(key, outcome);
          if (window == null) {
            slice.add(windowEndMicros, outcome, inForce);
          } else {
            slice.addCorrectable(windowEndMicros, outcome, inForce);
            window.add(key, outcome, inForce);
          }
          slice.test(outcome);
          audit.add(key, outcome);
          gates.add(key, outcome);
          slice.alert(time).ifPresent(alerts);
        });
  }

  private static List<LoggedFeedback> counted(
      List<LoggedFeedback> minibatch, Set<String> unactivated) {
    return unactivated.isEmpty()
        ? minibatch
        : minibatch.stream()
            .filter(feedback -> !unactivated.contains(feedback.impressionId()))
            .toList();
  }

  /**
   * The weights of the minibatch scored last, for the policies and versions that are deployable;
   * none while nothing is deployed.
   */
  List<ScoredBlock> takeWeights(long blockNumber) {
    return weights.take(blockNumber);
  }

  /** The versions closed since the last call; none while nothing is deployed. */
  List<ScoredBlock> takeClosed() {
    List<ScoredBlock> taken = deployedBy() == null ? List.of() : List.copyOf(closed);
    closed.clear();
    return taken;
  }

  private ControlCommand deployedBy() {
    return deployments.deployedBy(Long.MAX_VALUE);
  }

  /** Sums up a window that was scored before. */
  void restore(long windowEndMicros, ScoredWindow window) {
    window
        .slices(settings.bySegment())
        .forEach(key -> slice(key).awaitCorrections(windowEndMicros));
    window.replay(
        settings.bySegment(),
        (key, outcome, inForce) -> slice(key).addCorrectable(windowEndMicros, outcome, inForce));
  }

  /** Corrects outcomes of a window that was scored, and sums it up again. */
  void revise(long windowEndMicros, ScoredWindow window, List<ScoredWindow.Revision> revisions) {
    revisionsNotScored +=
        revisions.stream().filter(revision -> !window.holds(revision.impressionId())).count();
    window
        .revise(revisions, settings.bySegment())
        .forEach(
            (key, count) -> {
              slice(key).corrected(windowEndMicros, count);
              changed.add(key);
            });
    correctedSinceStored = true;
    slices.values().forEach(slice -> slice.sums().withdraw(windowEndMicros));
    restore(windowEndMicros, window);
  }

  /** Corrections of impressions that no open version had scored. */
  long revisionsNotScored() {
    return revisionsNotScored;
  }

  /** The windows up to and with this one can no longer be corrected. */
  void settle(long windowEndMicros) {
    correctedSinceStored = true;
    slices.forEach(
        (key, slice) -> {
          if (slice.settle(windowEndMicros)) {
            changed.add(key);
          }
        });
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

  /** From now on reports carry these names of critical findings, and all are made once more. */
  void unreliable(List<String> names) {
    if (!names.equals(unreliable)) {
      unreliable = List.copyOf(names);
      reportedUntilMicros = Long.MIN_VALUE;
    }
  }

  /** The estimates of every slice that has changed since the last report. */
  List<ValueEstimate> report() {
    boolean moved = reportedUntilMicros != evaluatedUntilMicros;
    reportedUntilMicros = evaluatedUntilMicros;
    List<ValueEstimate> estimates = new ArrayList<>();
    slices.forEach(
        (key, slice) -> {
          if (slice.isRevised()) {
            changed.add(key);
          }
          if (slice.isRevised() || (moved && !slice.isClosed() && slice.hasOutcomes())) {
            estimates.addAll(slice.report(evaluatedUntilMicros, audit.unreliable(key, unreliable)));
          }
        });
    return estimates;
  }

  /** The estimates of closed versions that were corrected since their last report. */
  List<ValueEstimate> reportClosed() {
    List<ValueEstimate> estimates = new ArrayList<>();
    slices.forEach(
        (key, slice) -> {
          if (slice.isClosed() && slice.isRevised()) {
            changed.add(key);
            estimates.addAll(slice.report(evaluatedUntilMicros, audit.unreliable(key, unreliable)));
          }
        });
    return estimates;
  }

  /**
   * The windows that are to be stored now.
   *
   * @param unfinished whether those that have not ended are wanted too
   */
  List<ValueWindow> windows(boolean unfinished) {
    long window = Math.floorDiv(evaluatedUntilMicros, settings.windows().plan().lengthMicros());
    if (!unfinished && !correctedSinceStored && window == storedUntilWindow) {
      return List.of();
    }
    storedUntilWindow = window;
    correctedSinceStored = false;
    List<ValueWindow> windows = new ArrayList<>();
    slices.forEach(
        (key, slice) -> {
          windows.addAll(slice.windows(evaluatedUntilMicros, unfinished));
          changed.add(key);
        });
    return windows;
  }

  /** The estimates of one version. */
  List<ValueEstimate> report(long version) {
    List<ValueEstimate> estimates = new ArrayList<>();
    slices.forEach(
        (key, slice) -> {
          if (key.version() == version && slice.hasOutcomes()) {
            estimates.addAll(slice.report(evaluatedUntilMicros, audit.unreliable(key, unreliable)));
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

  /** The verdicts of its gates on all candidates that are scored. */
  List<GateVerdict> verdicts() {
    return gates.verdicts(evaluatedUntilMicros, key -> audit.unreliable(key, unreliable));
  }

  /** Its gates. */
  LineGates gates() {
    return gates;
  }

  /** The audit of its weights. */
  LineAudit audit() {
    return audit;
  }

  /** The line this evaluates. */
  PolicyLine line() {
    return line;
  }
}
