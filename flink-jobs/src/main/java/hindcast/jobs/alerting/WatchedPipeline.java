package hindcast.jobs.alerting;

import hindcast.alert.AlertKind;
import hindcast.alert.Condition;
import hindcast.alert.Condition.Subject;
import hindcast.audit.Severity;
import hindcast.avro.AuditFinding;
import hindcast.avro.EvidenceNumber;
import hindcast.regression.RewardStall;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Watches what every number rests on: critical findings of the audit, learned policies that publish
 * no versions, and rewards that stop.
 */
final class WatchedPipeline {
  private static final long MICROS_PER_MILLI = 1000;

  private final AlertOptions options;
  private final RewardStall stall;
  private final TreeMap<String, Condition> findings = new TreeMap<>();
  private final TreeMap<String, Long> newest = new TreeMap<>();

  WatchedPipeline(AlertOptions options) {
    this.options = options;
    stall = options.stall();
  }

  /** A finding began, changed or ended. */
  void add(AuditFinding finding) {
    boolean critical =
        finding.getStanding() && finding.getSeverity() == hindcast.avro.Severity.CRITICAL;
    if (critical) {
      findings.put(finding.getFindingId(), condition(finding));
    } else {
      findings.remove(finding.getFindingId());
    }
  }

  private static Condition condition(AuditFinding finding) {
    Map<String, Double> evidence = new LinkedHashMap<>();
    for (EvidenceNumber number : finding.getEvidence()) {
      evidence.put(number.getName(), number.getValue());
    }
    return new Condition(
        AlertKind.DATA_FINDING,
        Severity.CRITICAL,
        new Subject("", 0, finding.getSegment(), finding.getFindingId()),
        finding.getN(),
        0,
        0,
        evidence,
        List.of(),
        finding.getName() + ": " + finding.getMeaning() + "; " + finding.getAction() + ".");
  }

  /** A line published a version with this data cut. */
  void published(String line, long dataCutMicros) {
    newest.merge(line, dataCutMicros, Math::max);
  }

  /** Adds an outcome, with or without a joined reward. */
  void add(boolean isJoined) {
    stall.add(isJoined);
  }

  /** Everything that holds at the end of a window. */
  List<Condition> conditions(long windowEndMicros) {
    List<Condition> conditions = new ArrayList<>(findings.values());
    if (options.staleAfterMicros() > 0) {
      for (String line : options.learned()) {
        long since = newest.computeIfAbsent(line, key -> windowEndMicros);
        if (windowEndMicros - since > options.staleAfterMicros()) {
          conditions.add(stale(line, windowEndMicros - since));
        }
      }
    }
    if (stall.stalled()) {
      conditions.add(stalled());
    }
    return conditions;
  }

  private static Condition stale(String line, long ageMicros) {
    Duration age = Duration.ofMillis(ageMicros / MICROS_PER_MILLI);
    return new Condition(
        AlertKind.STALE_CHECKPOINT,
        Severity.WARNING,
        new Subject(line, 0, "*", ""),
        0,
        0,
        0,
        Map.of("ageSeconds", age.toMillis() / 1e3),
        List.of(),
        line + " has published no version for " + age + " of event time.");
  }

  private Condition stalled() {
    Map<String, Double> evidence = new LinkedHashMap<>();
    evidence.put("usualShare", stall.usualShare());
    evidence.put("impressionsSince", (double) stall.since());
    return new Condition(
        AlertKind.STALLED_REWARDS,
        Severity.CRITICAL,
        new Subject("", 0, "*", ""),
        stall.n(),
        stall.logEvidence(),
        stall.threshold(),
        evidence,
        List.of(),
        "Rewards have nearly stopped for about "
            + stall.since()
            + " impressions; usually a share of "
            + stall.usualShare()
            + " has one.");
  }

  void write(DataOutput out) throws IOException {
    stall.write(out);
    out.writeInt(newest.size());
    for (Map.Entry<String, Long> one : newest.entrySet()) {
      out.writeUTF(one.getKey());
      out.writeLong(one.getValue());
    }
    out.writeInt(findings.size());
    for (Map.Entry<String, Condition> finding : findings.entrySet()) {
      out.writeUTF(finding.getKey());
      finding.getValue().write(out);
    }
  }

  void read(DataInput in) throws IOException {
    stall.read(in);
    newest.clear();
    for (int k = in.readInt(); k > 0; k--) {
      newest.put(in.readUTF(), in.readLong());
    }
    findings.clear();
    for (int k = in.readInt(); k > 0; k--) {
      findings.put(in.readUTF(), Condition.read(in));
    }
  }
}
