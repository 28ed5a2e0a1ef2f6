package hindcast.local.page;

import hindcast.avro.AuditFinding;
import hindcast.avro.EvidenceNumber;
import hindcast.avro.Severity;
import hindcast.local.results.ResultBoard;
import hindcast.local.screen.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What the audit of the log found, critical findings first, each with what to do. */
final class AuditSection {
  private static final int SHOWN = 40;

  private final PageData data;
  private final Sheet sheet;

  AuditSection(PageData data, Sheet sheet) {
    this.data = data;
    this.sheet = sheet;
  }

  void write() {
    sheet.section("audit", "Audit of the log");
    List<AuditFinding> findings = new ArrayList<>(data.run().results().findings());
    findings.sort(
        Comparator.comparing(AuditFinding::getSeverity, Comparator.reverseOrder())
            .thenComparing(AuditFinding::getFindingId));
    if (findings.isEmpty()) {
      sheet.paragraph("Nothing was found.");
    }
    findings.stream().limit(SHOWN).forEach(this::finding);
    if (findings.size() > SHOWN) {
      sheet.note("%d more are in the JSON report.".formatted(findings.size() - SHOWN));
    }
    sheet.close();
  }

  private void finding(AuditFinding finding) {
    boolean critical = finding.getSeverity() == Severity.CRITICAL;
    Markup page = sheet.markup();
    page.open("article", "class", critical ? "finding critical" : "finding").open("h3");
    page.element("span", finding.getSeverity().name().toLowerCase(Locale.ROOT), "class", "badge");
    page.text(finding.getName() + where(finding)).close();
    sheet.paragraph(capital(finding.getMeaning()) + ".");
    if (!finding.getCauses().isEmpty()) {
      sheet.paragraph("Usual causes: " + String.join("; ", finding.getCauses()) + ".");
    }
    page.open("p").element("strong", "What to do:").text(finding.getAction() + ".").close();
    sheet.note(evidence(finding));
    page.close();
  }

  private static String where(AuditFinding finding) {
    StringBuilder text = new StringBuilder();
    if (!finding.getSegment().equals(ResultBoard.ALL_SEGMENTS)) {
      text.append(", segment ").append(finding.getSegment());
    }
    if (finding.getItem() != null) {
      text.append(", item ").append(finding.getItem());
    }
    if (finding.getPolicy() != null) {
      text.append(", policy ").append(finding.getPolicy());
    }
    return text.toString();
  }

  private static String evidence(AuditFinding finding) {
    List<String> numbers = new ArrayList<>();
    for (EvidenceNumber number : finding.getEvidence()) {
      numbers.add(number.getName() + " " + String.format(Locale.ROOT, "%.4g", number.getValue()));
    }
    return "Evidence in %s impressions: %s."
        .formatted(Numbers.count(finding.getN()), String.join(", ", numbers));
  }

  private static String capital(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
