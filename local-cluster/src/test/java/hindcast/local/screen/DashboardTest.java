package hindcast.local.screen;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.AuditFinding;
import hindcast.avro.Severity;
import hindcast.local.results.LedgerTotals;
import hindcast.local.results.ResultBoard;
import hindcast.local.results.Results;
import hindcast.local.results.RunSummary;
import hindcast.local.results.Truths;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DashboardTest {

  @Test
  void showsCountsReasonsAndBothLedgers() {
    RunSummary run = Results.summary(new ResultBoard(), Truths.UNKNOWN, 2);
    Dashboard.Heading heading =
        new Dashboard.Heading("title", "running", "http://x", 65, 5, 12.4, List.of("a note"));
    List<String> lines = Dashboard.lines(heading, run, List.of());
    assertThat(lines.get(0))
        .isEqualTo("Hindcast  title  running  01:05, 00:05 left  web UI http://x");
    assertThat(lines.get(1))
        .isEqualTo("events in 16 (12/s)  outcomes 5  held 0  duplicates 2  dead letters 5");
    assertThat(lines.get(2)).isEqualTo("dead letters  AFTER_WINDOW 2  MALFORMED 3");
    assertThat(lines.get(3)).startsWith("ledger  impressions 8 = 5 outcomes").endsWith("gap 0");
    assertThat(lines.get(4)).startsWith("ledger  rewards 8 = 4 joined").endsWith("gap 0");
    assertThat(lines).last().isEqualTo("a note");
  }

  @Test
  void namesTheWarningsOfTheAuditInOneLine() {
    ResultBoard board = new ResultBoard();
    board.add(warning("LOGGING_DRIFT", "a", true));
    board.add(warning("LOGGING_DRIFT", "b", true));
    board.add(warning("CONTEXT_DRIFT", "a", true));
    board.add(warning("REWARD_DRIFT", "a", false));
    board.add(Results.finding("MEAN_WEIGHT", 1, true));
    RunSummary run = Results.summary(board, Truths.UNKNOWN, 2);
    Dashboard.Heading heading = new Dashboard.Heading("title", "running", "", 1, -1, 1, List.of());
    assertThat(Dashboard.lines(heading, run, List.of()))
        .filteredOn(line -> line.startsWith("warnings"))
        .containsExactly("warnings  CONTEXT_DRIFT  LOGGING_DRIFT 2");
  }

  private static AuditFinding warning(String name, String segment, boolean standing) {
    return AuditFinding.newBuilder(Results.finding(name, 1, standing))
        .setFindingId(name + "/" + segment + "/*/*")
        .setSegment(segment)
        .setSeverity(Severity.WARNING)
        .build();
  }

  @Test
  void wrapsReasonsAndSaysWhenALedgerIsOff() {
    TreeMap<String, Long> reasons = new TreeMap<>();
    for (char c = 'A'; c < 'J'; c++) {
      reasons.put("INVALID_SOMETHING_" + c, 1_000_000L);
    }
    LedgerTotals off =
        new LedgerTotals("impressions", new TreeMap<>(Map.of("in", 2L, "outcomes", 1L)), reasons);
    RunSummary run =
        new RunSummary(
            "obd",
            off,
            LedgerTotals.empty("rewards"),
            new ResultBoard(),
            Truths.UNKNOWN,
            true,
            2,
            1);
    List<String> lines = Dashboard.endOfRun(run);
    assertThat(lines).hasSize(5 + 3).allSatisfy(line -> assertThat(line.length()).isLessThan(100));
    assertThat(lines).last().asString().startsWith("THE LEDGERS DO NOT BALANCE");
  }
}
