package hindcast.jobs.evaluation;

import hindcast.alert.AlertKind;
import hindcast.avro.Alert;
import hindcast.avro.Severity;
import hindcast.avro.ValueEstimate;
import hindcast.avro.ValueWindow;
import hindcast.connectors.avro.ValueWindows;
import hindcast.estimator.Estimate;
import hindcast.estimator.EstimateSet;
import hindcast.estimator.EstimatorSpec;
import hindcast.estimator.SupportRule;
import hindcast.evaluation.EvaluatedSlice;
import hindcast.evaluation.RevisableSums;
import hindcast.evaluation.ScoredOutcome;
import hindcast.evaluation.SliceSequences;
import hindcast.evaluation.SliceSums;
import hindcast.evaluation.SliceWindows;
import hindcast.evaluation.StoredWindow;
import hindcast.feedback.RewardRange;
import hindcast.jobs.state.StateBytes;
import hindcast.regression.RegressionDetector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one slice has seen: the estimators' sums, in all and by windows, which follow corrections,
 * and the betting test if the policy is watched, which does not.
 */
final class SliceEstimates {
  private static final int FORMAT = 6;
  private static final long STILL_OPEN = Long.MAX_VALUE;

  private final EvaluatedSlice key;
  private final RewardRange range;
  private final SupportRule support;
  private final RevisableSums sums;
  private final SliceWindows windows;
  private final SliceSequences sequences;
  private final CandidateFields candidate;
  private final int sliding;
  private final RegressionDetector detector;
  private boolean alerted;
  private long corrections;
  private long correctionsReported;
  private long closedAtMicros = STILL_OPEN;

  SliceEstimates(EvaluationSettings settings, EvaluatedSlice key) {
    this.key = key;
    this.range = settings.rewardRange();
    this.support =
        new SupportRule(
            settings.minimumRewardedEffectiveSampleSize(), settings.maximumEventShare());
    List<EstimatorSpec> estimators =
        settings.estimators().stream().map(EstimatorSpec::parse).toList();
    this.sums = new RevisableSums(estimators, settings.windows().halfLifeMillis() * 1000);
    this.sliding = settings.windows().sliding();
    this.candidate = new CandidateFields(settings.lineOf(key.policy()));
    this.sequences =
        key.segment().equals(EvaluatedSlice.ALL)
            ? new SliceSequences(candidate.level().alpha())
            : null;
    this.windows = new SliceWindows(estimators, settings.windows().plan());
    boolean watched =
        key.version() == 0
            && key.segment().equals(EvaluatedSlice.ALL)
            && settings.watched().contains(key.policy());
    this.detector =
        watched
            ? new RegressionDetector(settings.toleratedDrop() / range.scale(), settings.alpha())
            : null;
  }

  /** The sums of its outcomes. */
  RevisableSums sums() {
    return sums;
  }

  /** Adds an outcome of a window for good. */
  void add(long windowEndMicros, ScoredOutcome outcome, boolean inForce) {
    sums.add(outcome, inForce);
    windows.add(windowEndMicros, outcome, inForce);
  }

  /** Adds an outcome of a window that can be corrected. */
  void addCorrectable(long windowEndMicros, ScoredOutcome outcome, boolean inForce) {
    sums.add(windowEndMicros, outcome, inForce);
    windows.begin(windowEndMicros);
  }

  /** A window holds outcomes of this slice that may count later. */
  void awaitCorrections(long windowEndMicros) {
    sums.begin(windowEndMicros);
    windows.begin(windowEndMicros);
  }

  /** Whether any outcome counts. */
  boolean hasOutcomes() {
    return !sums.isEmpty();
  }

  /**
   * The windows up to and with this one cannot be corrected any more.
   *
   * @return whether there was anything to settle
   */
  boolean settle(long windowEndMicros) {
    return sums.settle(windowEndMicros, windows::settle);
  }

  /** Whether nothing of it can change any more and all its windows are stored. */
  boolean isSettled() {
    return !sums.isRevisable() && windows.isDone();
  }

  /** The windows that are to be stored now. */
  List<ValueWindow> windows(long evaluatedUntilMicros, boolean unfinished) {
    return windows.due(evaluatedUntilMicros, sums.parts(), unfinished).stream()
        .map(this::record)
        .toList();
  }

  private ValueWindow record(StoredWindow window) {
    return ValueWindows.record(key, range, window);
  }

  /** Tests an outcome as it stood when its window closed. */
  void test(ScoredOutcome outcome) {
    if (sequences != null) {
      sequences.add(outcome);
    }
    if (detector != null) {
      detector.add(outcome.scored().weight(), outcome.scored().reward());
    }
  }

  /** So many corrections of outcomes of a window are in the sums now. */
  void corrected(long windowEndMicros, long count) {
    corrections += count;
    windows.corrected(windowEndMicros, count);
  }

  /** Its version is scored again. */
  void reopen() {
    closedAtMicros = STILL_OPEN;
  }

  /** Its version is not scored any more; only corrections may still change it. */
  void close(long evaluatedUntilMicros) {
    closedAtMicros = evaluatedUntilMicros;
  }

  boolean isClosed() {
    return closedAtMicros != STILL_OPEN;
  }

  /** Whether corrections have come since the last report. */
  boolean isRevised() {
    return corrections > correctionsReported;
  }

  /** The alert of the watched policy, the first time its test rejects. */
  Optional<Alert> alert(long eventTimeMicros) {
    if (detector == null || alerted || !detector.alarmed()) {
      return Optional.empty();
    }
    alerted = true;
    return Optional.of(
        Alert.newBuilder()
            .setAlertId("VALUE_BELOW_LOGGING/" + key.policy() + "/" + key.version() + "/*")
            .setName("VALUE_BELOW_LOGGING")
            .setSeverity(Severity.CRITICAL)
            .setPolicy(key.policy())
            .setVersion(key.version())
            .setSegment(key.segment())
            .setEventTimeMicros(eventTimeMicros)
            .setStartMicros(eventTimeMicros)
            .setCertainty(AlertKind.VALUE_BELOW_LOGGING.certainty())
            .setAction(AlertKind.VALUE_BELOW_LOGGING.action())
            .setRunbook(AlertKind.VALUE_BELOW_LOGGING.runbook())
            .setN(detector.n())
            .setLogEvidence(detector.logEvidence())
            .setThreshold(detector.threshold())
            .setMessage(
                "The value of "
                    + key.policy()
                    + " is below the logging policy's by more than the tolerated drop: after "
                    + detector.n()
                    + " impressions the evidence passed ln(1 / alpha).")
            .build());
  }

  /**
   * One record for each estimator.
   *
   * @param unreliable names of the critical findings that stand
   */
  List<ValueEstimate> report(long evaluatedUntilMicros, List<String> unreliable) {
    correctionsReported = corrections;
    SliceSums total = sums.total();
    long until = Math.min(evaluatedUntilMicros, closedAtMicros);
    List<EstimateSet.Line> lines = total.estimates().estimates(support);
    RunningFields running =
        new RunningFields(
            range,
            support,
            total,
            lines,
            windows.last(1, until, sums.parts()),
            windows.last(sliding, until, sums.parts()),
            sequences,
            corrections);
    List<ValueEstimate> records = new ArrayList<>();
    for (int k = 0; k < lines.size(); k++) {
      ValueEstimate.Builder record = record(lines.get(k), total, until).setUnreliable(unreliable);
      running.set(record, k);
      candidate.set(record);
      records.add(record.build());
    }
    return records;
  }

  private ValueEstimate.Builder record(
      EstimateSet.Line line, SliceSums total, long evaluatedUntilMicros) {
    EstimatorSpec spec = line.spec();
    Estimate estimate = line.estimate().toUser(range);
    return ValueEstimate.newBuilder()
        .setPolicy(key.policy())
        .setVersion(key.version())
        .setEstimator(spec.method().name())
        .setParameters(spec.parameters())
        .setSegment(key.segment())
        .setEventTimeMicros(evaluatedUntilMicros)
        .setRevision((int) Math.min(corrections, Integer.MAX_VALUE))
        .setN(estimate.n())
        .setValue(orNull(estimate.value()))
        .setStandardError(orNull(estimate.standardError()))
        .setLower(orNull(estimate.lower()))
        .setUpper(orNull(estimate.upper()))
        .setEffectiveSampleSize(estimate.effectiveSampleSize())
        .setRewardedEffectiveSampleSize(estimate.rewardedEffectiveSampleSize())
        .setLargestWeight(estimate.largestWeight())
        .setMeanWeight(orNull(estimate.meanWeight()))
        .setRefused(line.refused())
        .setSupported(estimate.supported())
        .setLineOutcomes(total.lineOutcomes())
        .setOnPolicyValue(orNull(onPolicyValue(total.estimates())))
        .setProbabilityBias(total.quality().relativeBias())
        .setNewItemMass(orNull(total.quality().newItemMass()));
  }

  private OptionalDouble onPolicyValue(EstimateSet estimates) {
    long n = estimates.weights().n();
    return n == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(range.toUser(estimates.weights().sumReward() / n));
  }

  static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    sums.write(out);
    windows.write(out);
    if (sequences != null) {
      sequences.write(out);
    }
    out.writeLong(corrections);
    out.writeLong(correctionsReported);
    out.writeLong(closedAtMicros);
    out.writeBoolean(alerted);
    out.writeBoolean(detector != null);
    if (detector != null) {
      detector.write(out);
    }
  }

  void read(DataInput in) throws IOException {
    StateBytes.requireFormat(FORMAT, in.readByte(), "estimate");
    sums.read(in);
    windows.read(in);
    if (sequences != null) {
      sequences.read(in);
    }
    corrections = in.readLong();
    correctionsReported = in.readLong();
    closedAtMicros = in.readLong();
    alerted = in.readBoolean();
    if (in.readBoolean() && detector != null) {
      detector.read(in);
    }
  }
}
