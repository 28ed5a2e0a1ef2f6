package hindcast.local.screen;

import hindcast.avro.Alert;
import hindcast.avro.Severity;
import hindcast.local.results.LedgerTotals;
import hindcast.local.results.ResultBoard;
import hindcast.local.results.RunSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a live run shows: counts, both ledgers, the policies beside their truth, what is learned.
 */
public final class Dashboard {

  private static final int ALERTS_SHOWN = 3;
  private static final int WIDTH = 96;

  private Dashboard() {}

  /**
   * The moving part of the heading.
   *
   * @param title what runs
   * @param state what it is doing
   * @param webAddress of the Flink web UI; empty once it has stopped
   * @param elapsedSeconds since the traffic began
   * @param leftSeconds until it ends; negative if it does not
   * @param eventsPerSecond records received lately
   * @param notes further lines below the table
   */
  public record Heading(
      String title,
      String state,
      String webAddress,
      long elapsedSeconds,
      long leftSeconds,
      double eventsPerSecond,
      List<String> notes) {}

  /**
   * The whole block.
   *
   * @param estimators names of the estimators to show; all if empty
   */
  public static List<String> lines(Heading heading, RunSummary run, Collection<String> estimators) {
    List<String> lines = new ArrayList<>();
    lines.add(headline(heading));
    lines.add(counts(heading, run));
    lines.addAll(deadLetters(run));
    lines.addAll(ledgers(run));
    lines.add("");
    lines.addAll(PolicyTable.lines(run.results(), run.truths(), estimators));
    lines.addAll(PolicyTable.remarks(run.results()));
    lines.addAll(warnings(run.results()));
    List<String> checkpoints = PolicyTable.checkpoints(run.results());
    if (!checkpoints.isEmpty()) {
      lines.add("");
      lines.addAll(checkpoints);
    }
    List<Alert> alerts = run.results().alerts();
    alerts.stream()
        .skip(Math.max(0, alerts.size() - ALERTS_SHOWN))
        .forEach(alert -> lines.add("ALERT " + alert.getMessage()));
    lines.addAll(heading.notes());
    return lines;
  }

  /** What every run ends with: dead letters by reason, both ledgers, and a word if one is off. */
  public static List<String> endOfRun(RunSummary run) {
    List<String> lines = new ArrayList<>(deadLetters(run));
    lines.addAll(ledgers(run));
    if (!run.isBalanced()) {
      lines.add("THE LEDGERS DO NOT BALANCE: records were lost or counted twice");
    }
    return lines;
  }

  /** What the audit warns of, in one line: names, and how often where more than once. */
  private static List<String> warnings(ResultBoard results) {
    TreeMap<String, Integer> names = new TreeMap<>();
    results.findings().stream()
        .filter(finding -> finding.getSeverity() == Severity.WARNING)
        .forEach(finding -> names.merge(finding.getName(), 1, Integer::sum));
    if (names.isEmpty()) {
      return List.of();
    }
    String all =
        names.entrySet().stream()
            .map(name -> name.getKey() + (name.getValue() > 1 ? " " + name.getValue() : ""))
            .collect(Collectors.joining("  "));
    String line = "warnings  " + all;
    return List.of(line.length() <= WIDTH ? line : line.substring(0, WIDTH - 3) + "...");
  }

  /** Both conservation equations. */
  public static List<String> ledgers(RunSummary run) {
    return List.of(
        "ledger  " + run.impressions().equation(), "ledger  " + run.rewards().equation());
  }

  private static String headline(Heading heading) {
    StringBuilder text = new StringBuilder("Hindcast  ").append(heading.title());
    text.append("  ").append(heading.state());
    text.append("  ").append(Numbers.clock(heading.elapsedSeconds()));
    if (heading.leftSeconds() >= 0) {
      text.append(", ").append(Numbers.clock(heading.leftSeconds())).append(" left");
    }
    if (!heading.webAddress().isEmpty()) {
      text.append("  web UI ").append(heading.webAddress());
    }
    return text.toString();
  }

  private static String counts(Heading heading, RunSummary run) {
    LedgerTotals impressions = run.impressions();
    LedgerTotals rewards = run.rewards();
    return "events in %s (%s/s)  outcomes %s  held %s  duplicates %s  dead letters %s"
        .formatted(
            Numbers.count(impressions.in() + rewards.in()),
            Numbers.count(Math.round(heading.eventsPerSecond())),
            Numbers.count(impressions.account("outcomes")),
            Numbers.count(impressions.held() + rewards.held()),
            Numbers.count(impressions.duplicates() + rewards.duplicates()),
            Numbers.count(impressions.deadLettered() + rewards.deadLettered()));
  }

  /** Dead letters by reason, as many to a line as fit. */
  private static List<String> deadLetters(RunSummary run) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (Map.Entry<String, Long> entry : run.deadLetters().entrySet()) {
      String item = entry.getKey() + " " + Numbers.count(entry.getValue());
      if (line.length() + item.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? (lines.isEmpty() ? "dead letters  " : "              ") : "  ");
      line.append(item);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }
}
