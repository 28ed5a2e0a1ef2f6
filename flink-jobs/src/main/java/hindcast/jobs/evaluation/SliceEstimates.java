package hindcast.jobs.evaluation;

import hindcast.avro.Alert;
import hindcast.avro.Severity;
import hindcast.avro.ValueEstimate;
import hindcast.estimator.Estimate;
import hindcast.estimator.EstimateSet;
import hindcast.estimator.EstimatorSpec;
import hindcast.estimator.ScoredFeedback;
import hindcast.estimator.SupportRule;
import hindcast.evaluation.EvaluatedSlice;
import hindcast.evaluation.ScoreQuality;
import hindcast.evaluation.ScoredOutcome;
import hindcast.feedback.RewardRange;
import hindcast.jobs.state.StateBytes;
import hindcast.regression.RegressionDetector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one slice has seen: the estimators' sums, the weight of a version in its line, and the
 * betting test if the policy is watched.
 */
final class SliceEstimates {
  private static final int FORMAT = 2;

  private final EvaluatedSlice key;
  private final RewardRange range;
  private final SupportRule support;
  private EstimateSet estimates;
  private ScoreQuality quality = new ScoreQuality();
  private final RegressionDetector detector;
  private long lineOutcomes;
  private boolean alerted;

  SliceEstimates(EvaluationSettings settings, EvaluatedSlice key) {
    this.key = key;
    this.range = settings.rewardRange();
    this.support =
        new SupportRule(
            settings.minimumRewardedEffectiveSampleSize(), settings.maximumEventShare());
    this.estimates =
        EstimateSet.of(settings.estimators().stream().map(EstimatorSpec::parse).toList());
    boolean watched =
        key.version() == 0
            && key.segment().equals(EvaluatedSlice.ALL)
            && settings.watched().contains(key.policy());
    this.detector =
        watched
            ? new RegressionDetector(settings.toleratedDrop() / range.scale(), settings.alpha())
            : null;
  }

  void add(ScoredOutcome outcome, boolean inForce) {
    ScoredFeedback scored = outcome.scored();
    estimates.add(scored);
    quality.add(outcome);
    if (inForce) {
      lineOutcomes++;
    }
    if (detector != null) {
      detector.add(scored.weight(), scored.reward());
    }
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

  /** One record for each estimator. */
  List<ValueEstimate> report(long evaluatedUntilMicros) {
    return estimates.estimates(support).stream()
        .map(line -> record(line, evaluatedUntilMicros))
        .toList();
  }

  private ValueEstimate record(EstimateSet.Line line, long evaluatedUntilMicros) {
    EstimatorSpec spec = line.spec();
    Estimate estimate = line.estimate().toUser(range);
    return ValueEstimate.newBuilder()
        .setPolicy(key.policy())
        .setVersion(key.version())
        .setEstimator(spec.method().name())
        .setParameters(spec.parameters())
        .setSegment(key.segment())
        .setEventTimeMicros(evaluatedUntilMicros)
        .setRevision(0)
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
        .setLineOutcomes(lineOutcomes)
        .setOnPolicyValue(orNull(onPolicyValue()))
        .setProbabilityBias(quality.relativeBias())
        .setNewItemMass(orNull(quality.newItemMass()))
        .build();
  }

  private OptionalDouble onPolicyValue() {
    long n = estimates.weights().n();
    return n == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(range.toUser(estimates.weights().sumReward() / n));
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeLong(lineOutcomes);
    out.writeBoolean(alerted);
    estimates.write(out);
    quality.write(out);
    out.writeBoolean(detector != null);
    if (detector != null) {
      detector.write(out);
    }
  }

  void read(DataInput in) throws IOException {
    StateBytes.requireFormat(FORMAT, in.readByte(), "estimate");
    lineOutcomes = in.readLong();
    alerted = in.readBoolean();
    estimates = EstimateSet.read(in);
    quality = ScoreQuality.read(in);
    if (in.readBoolean() && detector != null) {
      detector.read(in);
    }
  }
}
