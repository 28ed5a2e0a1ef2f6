package hindcast.local.page;

import hindcast.audit.DelayQuantiles;
import hindcast.local.results.LedgerTotals;
import hindcast.local.screen.Numbers;
import hindcast.local.words.LinePoint;
import hindcast.local.words.Percent;
import hindcast.local.words.PolicyCase;
import java.util.ArrayList;
import java.util.List;

/** What came in and where it went: both ledgers, refused records, delays of rewards, traffic. */
final class LogSection {
  private static final double[] SHARES = {0.5, 0.9, 0.99, 1};

  private final PageData data;
  private final Sheet sheet;

  LogSection(PageData data, Sheet sheet) {
    this.data = data;
    this.sheet = sheet;
  }

  void write() {
    sheet.section("log", "Log, join and delay");
    ledgers();
    deadLetters();
    traffic();
    data.delays().ifPresent(this::delays);
    sheet.close();
  }

  private void ledgers() {
    LedgerTotals impressions = data.run().impressions();
    LedgerTotals rewards = data.run().rewards();
    sheet
        .markup()
        .table(
            "tnnnnnnn",
            List.of(
                "Ledger",
                "In",
                "Joined",
                "Duplicates",
                "Refused",
                "Still held",
                "Corrections",
                "Gap"),
            List.of(
                ledger("impressions", impressions, "outcomes"),
                ledger("rewards", rewards, "joined")));
    sheet.note(
        "In = joined + duplicates + refused + held + corrections. A gap other than 0 means that"
            + " records were lost or counted twice.");
  }

  private static List<String> ledger(String name, LedgerTotals totals, String joined) {
    return List.of(
        name,
        Numbers.count(totals.in()),
        Numbers.count(totals.account(joined)),
        Numbers.count(totals.duplicates()),
        Numbers.count(totals.deadLettered()),
        Numbers.count(totals.held()),
        name.equals("rewards") ? Numbers.count(totals.account("corrections")) : Cells.NONE,
        Numbers.count(totals.gap()));
  }

  private void deadLetters() {
    List<List<String>> rows = new ArrayList<>();
    data.run()
        .deadLetters()
        .forEach(
            (reason, count) ->
                rows.add(
                    List.of(
                        reason,
                        Numbers.count(count),
                        Percent.share(
                            count
                                / (double)
                                    Math.max(
                                        1,
                                        data.run().impressions().in()
                                            + data.run().rewards().in())))));
    if (rows.isEmpty()) {
      sheet.paragraph("No record was refused.");
    } else {
      sheet.markup().table("tnn", List.of("Refused, by reason", "Records", "of all"), rows);
    }
  }

  private void traffic() {
    List<ChartLine.Point> points = new ArrayList<>();
    for (PolicyCase one : data.cases()) {
      if (one.isLogging()) {
        for (LinePoint point : one.points()) {
          points.add(new ChartLine.Point(data.axis(point.untilMicros()), point.recentReward()));
        }
      }
    }
    if (points.size() > 1) {
      List<ChartLine> lines = List.of(new ChartLine(PolicyCase.LOGGING, 0, true, points));
      sheet.figure(
          "Mean reward of the log",
          "Of the impressions between two points, whatever policy made them.",
          List.of(),
          size ->
              CurveChart.overTime("reward for an impression", data.span().isDated(), false)
                  .of(size, lines));
    }
  }

  private void delays(DelayQuantiles delays) {
    String title = "Delay of rewards";
    if (delays.n() == 0) {
      sheet.noFigure(title, "the log has no rewards.");
      return;
    }
    long longest = delays.quantile(1).orElse(0);
    if (longest == 0) {
      sheet.noFigure(title, "rewards have the times of their impressions, so no delay is known.");
      return;
    }
    List<ChartLine.Point> points = new ArrayList<>();
    for (int percent = 1; percent <= 100; percent++) {
      double seconds = delays.quantile(percent / 100.0).orElse(0) / 1e6;
      if (seconds > 0) {
        points.add(new ChartLine.Point(seconds, percent));
      }
    }
    List<ChartLine> lines = List.of(new ChartLine("rewards", 1, true, points));
    sheet.figure(
        title,
        "Share of the rewards that came within a time after their impression. Logarithmic.",
        List.of(),
        size ->
            new CurveChart("seconds since the impression", "% of rewards", false, true, false)
                .of(size, lines));
    List<String> row = new ArrayList<>(List.of("delay at most"));
    List<String> heads = new ArrayList<>(List.of("Of the rewards"));
    for (double share : SHARES) {
      heads.add(share == 1 ? "all" : Percent.share(share));
      row.add(Cells.seconds(delays.quantile(share).orElse(0) / 1e6));
    }
    sheet.markup().table("t" + "n".repeat(SHARES.length), heads, List.of(row));
    sheet.note(
        "The reward window is %s: a reward after that does not count."
            .formatted(Cells.duration(data.origin().config().reward().window())));
  }
}
