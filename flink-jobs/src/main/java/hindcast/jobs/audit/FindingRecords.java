package hindcast.jobs.audit;

import hindcast.audit.Finding;
import hindcast.audit.StandingFindings;
import hindcast.avro.AuditFinding;
import hindcast.avro.EvidenceNumber;
import hindcast.avro.Severity;
import java.util.ArrayList;
import java.util.List;

/** Findings of the library as records of the contract. */
public final class FindingRecords {
  private static final String ALL_SEGMENTS = "*";

  private FindingRecords() {}

  /**
   * A record of [audit-findings].
   *
   * @param eventTimeMicros end of the last window in the evidence
   * @param n outcomes audited until then
   */
  public static AuditFinding of(StandingFindings.Change change, long eventTimeMicros, long n) {
    Finding finding = change.finding();
    List<EvidenceNumber> evidence = new ArrayList<>();
    finding.evidence().forEach((name, value) -> evidence.add(new EvidenceNumber(name, value)));
    return AuditFinding.newBuilder()
        .setFindingId(StandingFindings.id(finding))
        .setName(finding.name())
        .setSeverity(Severity.valueOf(finding.severity().name()))
        .setStanding(change.stands())
        .setSegment(finding.segment().isEmpty() ? ALL_SEGMENTS : finding.segment())
        .setItem(orNull(finding.item()))
        .setPolicy(orNull(finding.policy()))
        .setSinceMicros(change.sinceMicros())
        .setEventTimeMicros(eventTimeMicros)
        .setN(n)
        .setEvidence(evidence)
        .setMeaning(finding.kind().meaning())
        .setCauses(finding.causes())
        .setAction(finding.action())
        .build();
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
