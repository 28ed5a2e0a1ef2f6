package hindcast.local.page;

import hindcast.avro.Alert;
import hindcast.avro.GateCondition;
import hindcast.avro.GateVerdict;
import hindcast.avro.SupportGap;
import hindcast.local.screen.Numbers;
import hindcast.local.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Verdicts of gates, what is missing for a promotion, and alerts. */
final class GateSection {
  private final PageData data;
  private final Sheet sheet;

  GateSection(PageData data, Sheet sheet) {
    this.data = data;
    this.sheet = sheet;
  }

  void write() {
    TreeMap<String, GateVerdict> newest = new TreeMap<>();
    data.run().results().verdicts().forEach(one -> newest.put(one.getPolicy(), one));
    List<Alert> alerts = data.run().results().alerts();
    sheet.section("gates", "Gates and alerts");
    if (newest.isEmpty()) {
      sheet.paragraph(
          "No policy has a gate. A gate says whether a policy may be deployed, with an error budget"
              + " over all its versions: see gates.policies.");
    } else {
      verdicts(newest);
    }
    if (alerts.isEmpty()) {
      sheet.paragraph("No alert was raised.");
    } else {
      alerts(alerts);
    }
    sheet.close();
  }

  private void verdicts(Map<String, GateVerdict> newest) {
    List<List<String>> rows = new ArrayList<>();
    newest.forEach(
        (policy, verdict) ->
            rows.add(
                List.of(
                    policy,
                    verdict.getVersion() == 0 ? Cells.NONE : Numbers.count(verdict.getVersion()),
                    verdict.getVerdict().name(),
                    verdict.getForecasts().isEmpty()
                        ? Cells.NONE
                        : Words.probability(verdict.getForecasts().get(0).getSuccessProbability()),
                    verdict.getMoreEvents() == null
                        ? Cells.NONE
                        : Numbers.count(Math.round(verdict.getMoreEvents())),
                    missing(verdict))));
    sheet
        .markup()
        .table(
            "tntnnt",
            List.of(
                "Policy",
                "Version",
                "Verdict",
                "P(test succeeds)",
                "Missing impressions",
                "What is missing"),
            rows);
    sheet.note(
        "Of the newest version that has outcomes. The interval of a gate holds for all its versions"
            + " and at all times together.");
  }

  private static String missing(GateVerdict verdict) {
    List<String> parts = new ArrayList<>();
    for (GateCondition check : verdict.getChecks()) {
      if (!check.getPassed()) {
        parts.add(check.getName().toLowerCase(Locale.ROOT).replace('_', ' '));
      }
    }
    gaps("segments", verdict.getSegments(), parts);
    gaps("items", verdict.getItems(), parts);
    return parts.isEmpty() ? "nothing" : String.join("; ", parts);
  }

  private static void gaps(String what, List<SupportGap> gaps, List<String> parts) {
    if (!gaps.isEmpty()) {
      parts.add(
          "thin support in "
              + what
              + " "
              + gaps.stream().map(SupportGap::getName).collect(Collectors.joining(", ")));
    }
  }

  private void alerts(List<Alert> alerts) {
    List<List<String>> rows = new ArrayList<>();
    for (Alert alert : alerts) {
      rows.add(
          List.of(
              alert.getName(),
              alert.getPolicy().isEmpty() ? Cells.NONE : alert.getPolicy(),
              alert.getSeverity().name().toLowerCase(Locale.ROOT),
              alert.getState().name().toLowerCase(Locale.ROOT),
              alert.getAction().isEmpty()
                  ? alert.getMessage()
                  : alert.getMessage() + " To do: " + alert.getAction()));
    }
    sheet
        .markup()
        .table("ttttt", List.of("Alert", "Policy", "Severity", "State", "What it says"), rows);
  }
}
