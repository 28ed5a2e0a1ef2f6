package hindcast.local.certificate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.avro.AuditFinding;
import hindcast.avro.GateVerdict;
import hindcast.avro.PolicyCheckpoint;
import hindcast.avro.ValueEstimate;
import hindcast.avro.ValueWindow;
import hindcast.local.results.LedgerTotals;
import hindcast.local.results.ResultBoard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;

/** The results of a run as entries of a certificate: numbers a person asks for, and hashes. */
final class ResultEntries {
  private static final String RECORD = "recordSha256";

  private ResultEntries() {}

  static ObjectNode ledgers(LedgerTotals impressions, LedgerTotals rewards) {
    ObjectNode entries = node();
    for (LedgerTotals ledger : List.of(impressions, rewards)) {
      ObjectNode entry = entries.putObject(ledger.name());
      ledger.accounts().forEach(entry::put);
      ledger.deadLetters().forEach((reason, count) -> entry.put("deadLettered " + reason, count));
    }
    return entries;
  }

  static ObjectNode learned(ResultBoard results) {
    Map<String, List<PolicyCheckpoint>> lines = new TreeMap<>();
    results
        .checkpoints()
        .forEach(one -> lines.computeIfAbsent(one.getPolicyId(), id -> new ArrayList<>()).add(one));
    ObjectNode entries = node();
    lines.forEach(
        (id, versions) -> {
          PolicyCheckpoint newest = versions.get(versions.size() - 1);
          ObjectNode entry = entries.putObject(id);
          entry.put("objective", newest.getObjective());
          entry.put("versions", versions.size());
          entry.put("version", newest.getVersion());
          entry.put("steps", newest.getStep());
          entry.put("sha256", newest.getSha256());
          entry.put("parentSha256", newest.getParentSha256());
        });
    return entries;
  }

  static ObjectNode estimates(ResultBoard results) {
    ObjectNode entries = node();
    for (ValueEstimate estimate : results.estimates()) {
      Map<String, Double> parameters = new TreeMap<>(estimate.getParameters());
      String estimator = estimate.getEstimator() + (parameters.isEmpty() ? "" : parameters);
      ObjectNode entry =
          entries.putObject(
              "%s version %d %s segment %s"
                  .formatted(
                      estimate.getPolicy(),
                      estimate.getVersion(),
                      estimator,
                      estimate.getSegment()));
      entry.put("value", estimate.getValue());
      entry.put("lower", estimate.getLower());
      entry.put("upper", estimate.getUpper());
      entry.put("n", estimate.getN());
      entry.put("effectiveSampleSize", estimate.getEffectiveSampleSize());
      entry.put(RECORD, hash(estimate));
    }
    return entries;
  }

  static ObjectNode windows(List<ValueWindow> windows) {
    Map<String, List<ValueWindow>> slices = new TreeMap<>();
    for (ValueWindow window : windows) {
      String slice =
          "%s version %d segment %s"
              .formatted(window.getPolicy(), window.getVersion(), window.getSegment());
      slices.computeIfAbsent(slice, key -> new ArrayList<>()).add(window);
    }
    ObjectNode entries = node();
    slices.forEach(
        (slice, stored) -> {
          ObjectNode entry = entries.putObject(slice);
          entry.put("windows", stored.size());
          entry.put("n", stored.stream().mapToLong(ValueWindow::getN).sum());
          entry.put(RECORD, Canonical.sha256(stored));
        });
    return entries;
  }

  static ObjectNode verdicts(ResultBoard results) {
    ObjectNode entries = node();
    for (GateVerdict verdict : results.verdicts()) {
      ObjectNode entry =
          entries.putObject(verdict.getPolicy() + " version " + verdict.getVersion());
      entry.put("verdict", verdict.getVerdict().name());
      entry.put("difference", verdict.getDifference());
      entry.put(RECORD, hash(verdict));
    }
    return entries;
  }

  static ObjectNode findings(ResultBoard results) {
    ObjectNode entries = node();
    for (AuditFinding finding : results.findings()) {
      ObjectNode entry = entries.putObject(finding.getFindingId());
      entry.put("severity", finding.getSeverity().name());
      entry.put(RECORD, hash(finding));
    }
    return entries;
  }

  private static String hash(IndexedRecord record) {
    return Canonical.sha256(List.of(record));
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
