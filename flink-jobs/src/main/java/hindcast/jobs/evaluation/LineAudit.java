package hindcast.jobs.evaluation;

import hindcast.audit.FindingKind;
import hindcast.audit.StandingFindings;
import hindcast.audit.WeightAudit;
import hindcast.avro.AuditFinding;
import hindcast.evaluation.EvaluatedSlice;
import hindcast.evaluation.ScoredOutcome;
import hindcast.jobs.audit.AuditOptions;
import hindcast.jobs.audit.FindingRecords;
import hindcast.jobs.evaluation.EvaluationSettings.PolicyLine;
import hindcast.jobs.state.StateBytes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The audit of the importance weights of a policy line, with each report of its estimates. Its
 * findings concern one policy, {@code id} or {@code id@version}; a critical one marks the estimates
 * of that policy only, those of its segments too.
 */
final class LineAudit {
  private static final int FORMAT = 1;

  private final boolean enabled;
  private final WeightAudit weights;
  private final StandingFindings standing = new StandingFindings();
  private final Map<EvaluatedSlice, String> names = new HashMap<>();
  private final Set<String> critical = new HashSet<>();

  /** Audits {@code line} as {@code options} say; not at all where they are null. */
  LineAudit(AuditOptions options, EvaluationSettings settings, PolicyLine line) {
    enabled = options != null;
    int remembered = line.policyNames().size() * (2 * settings.maximumOpenVersions() + 1);
    weights =
        new WeightAudit(
            enabled ? options.alpha() : 0.5,
            settings.lines().indexOf(line),
            settings.lines().size(),
            remembered);
  }

  boolean isEnabled() {
    return enabled;
  }

  /** Takes an outcome under a slice; segments are not audited by themselves. */
  void add(EvaluatedSlice key, ScoredOutcome outcome) {
    if (enabled && key.segment().equals(EvaluatedSlice.ALL)) {
      weights.add(names.computeIfAbsent(key, LineAudit::name), outcome);
    }
  }

  private static String name(EvaluatedSlice key) {
    return key.version() == 0 ? key.policy() : key.policy() + "@" + key.version();
  }

  /**
   * Looks at the findings.
   *
   * @param untilMicros end of the last window in the evidence
   * @return beginnings, changes and ends
   */
  List<AuditFinding> look(long untilMicros) {
    if (!enabled) {
      return List.of();
    }
    List<AuditFinding> records = new ArrayList<>();
    for (StandingFindings.Change change : standing.update(weights.findings(), untilMicros)) {
      long n = change.finding().evidence().get("records").longValue();
      records.add(FindingRecords.of(change, untilMicros, n));
    }
    critical.clear();
    critical.addAll(standing.criticalPolicies(FindingKind.MEAN_WEIGHT));
    return records;
  }

  /** The critical findings about a slice: those of the log, and its own. */
  List<String> unreliable(EvaluatedSlice key, List<String> ofTheLog) {
    String own = FindingKind.MEAN_WEIGHT.name();
    if (critical.isEmpty() || ofTheLog.contains(own) || !critical.contains(name(key))) {
      return ofTheLog;
    }
    List<String> all = new ArrayList<>(ofTheLog);
    all.add(own);
    return all;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    standing.write(out);
    weights.write(out);
  }

  void read(DataInput in) throws IOException {
    StateBytes.requireFormat(FORMAT, in.readByte(), "audit of a policy line");
    standing.read(in);
    weights.read(in);
    critical.addAll(standing.criticalPolicies(FindingKind.MEAN_WEIGHT));
  }
}
