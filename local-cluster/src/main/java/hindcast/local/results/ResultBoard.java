package hindcast.local.results;

import hindcast.avro.Alert;
import hindcast.avro.AuditFinding;
import hindcast.avro.GateVerdict;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.ValueEstimate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The newest results of one run, however they arrive and however often.
 *
 * <p>Estimates are upserts: of one (policy, version, estimator, parameters, segment) the record
 * with the highest (event time, revision) wins. Checkpoints are kept without their content, one for
 * each (policy, version); alerts and findings one for each id. Every list comes out in an order
 * that depends on the records alone. Thread-safe.
 */
public final class ResultBoard {

  /** Version number of a whole line, and of policies that have no versions. */
  public static final long WHOLE_LINE = 0;

  /** The segment that stands for all of them. */
  public static final String ALL_SEGMENTS = "*";

  private final ConcurrentMap<EstimateKey, ValueEstimate> estimates = new ConcurrentHashMap<>();
  private final ConcurrentMap<CheckpointKey, PolicyCheckpoint> checkpoints =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Alert> alerts = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, AuditFinding> findings = new ConcurrentHashMap<>();
  private final ConcurrentMap<CheckpointKey, GateVerdict> verdicts = new ConcurrentHashMap<>();

  /** What an estimate is an estimate of. */
  public record EstimateKey(
      String policy,
      long version,
      String estimator,
      TreeMap<String, Double> parameters,
      String segment)
      implements Comparable<EstimateKey> {

    private static final Comparator<EstimateKey> ORDER =
        Comparator.comparing(EstimateKey::policy)
            .thenComparingLong(EstimateKey::version)
            .thenComparing(EstimateKey::estimator)
            .thenComparing(key -> key.parameters().toString())
            .thenComparing(EstimateKey::segment);

    static EstimateKey of(ValueEstimate estimate) {
      return new EstimateKey(
          estimate.getPolicy(),
          estimate.getVersion(),
          estimate.getEstimator(),
          new TreeMap<>(estimate.getParameters()),
          estimate.getSegment());
    }

    @Override
    public int compareTo(EstimateKey other) {
      return ORDER.compare(this, other);
    }
  }

  private record CheckpointKey(String policyId, long version) {}

  public void add(ValueEstimate estimate) {
    estimates.merge(EstimateKey.of(estimate), estimate, ResultBoard::newer);
  }

  public void add(PolicyCheckpoint checkpoint) {
    PolicyCheckpoint slim = PolicyCheckpoint.newBuilder(checkpoint).setContent(null).build();
    checkpoints.put(new CheckpointKey(slim.getPolicyId(), slim.getVersion()), slim);
  }

  public void add(Alert alert) {
    alerts.put(alert.getAlertId(), alert);
  }

  public void add(AuditFinding finding) {
    findings.merge(
        finding.getFindingId(),
        finding,
        (one, other) -> one.getEventTimeMicros() > other.getEventTimeMicros() ? one : other);
  }

  public void add(GateVerdict verdict) {
    verdicts.merge(
        new CheckpointKey(verdict.getPolicy(), verdict.getVersion()),
        verdict,
        (one, other) -> one.getEventTimeMicros() > other.getEventTimeMicros() ? one : other);
  }

  /** The last verdict on each candidate, by policy and version. */
  public List<GateVerdict> verdicts() {
    return verdicts.values().stream()
        .sorted(
            Comparator.comparing(GateVerdict::getPolicy).thenComparingLong(GateVerdict::getVersion))
        .toList();
  }

  /** All estimates, by policy, version, estimator, parameters and segment. */
  public List<ValueEstimate> estimates() {
    return List.copyOf(new TreeMap<>(estimates).values());
  }

  /** The estimates of policies as wholes over all segments: what a screen has room for. */
  public List<ValueEstimate> headlines() {
    return estimates().stream()
        .filter(estimate -> estimate.getVersion() == WHOLE_LINE)
        .filter(estimate -> estimate.getSegment().equals(ALL_SEGMENTS))
        .toList();
  }

  /** All checkpoints without content, by policy and version. */
  public List<PolicyCheckpoint> checkpoints() {
    return checkpoints.values().stream()
        .sorted(
            Comparator.comparing(PolicyCheckpoint::getPolicyId)
                .thenComparingLong(PolicyCheckpoint::getVersion))
        .toList();
  }

  /** The newest checkpoint of a learned policy. */
  public Optional<PolicyCheckpoint> newest(String policyId) {
    return checkpoints.values().stream()
        .filter(checkpoint -> checkpoint.getPolicyId().equals(policyId))
        .max(Comparator.comparingLong(PolicyCheckpoint::getVersion));
  }

  /** All alerts, by id. */
  public List<Alert> alerts() {
    return List.copyOf(new TreeMap<>(Map.copyOf(alerts)).values());
  }

  /** The findings that stand, by id. */
  public List<AuditFinding> findings() {
    return findings.values().stream()
        .filter(AuditFinding::getStanding)
        .sorted(Comparator.comparing(AuditFinding::getFindingId))
        .toList();
  }

  private static ValueEstimate newer(ValueEstimate a, ValueEstimate b) {
    int byTime = Long.compare(a.getEventTimeMicros(), b.getEventTimeMicros());
    int order = byTime != 0 ? byTime : Integer.compare(a.getRevision(), b.getRevision());
    return order > 0 ? a : b;
  }
}
