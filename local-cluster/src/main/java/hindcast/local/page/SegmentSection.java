package hindcast.local.page;

import hindcast.avro.ValueEstimate;
import hindcast.local.results.ResultBoard;
import hindcast.local.screen.Numbers;
import hindcast.local.words.PolicyCase;
import hindcast.local.words.PolicyCases;
import hindcast.local.words.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The same by segment: the largest ones as a picture, all that fit as a table. */
final class SegmentSection {
  private static final int ROWS = 200;
  private static final int DRAWN_SEGMENTS = 12;
  private static final int DRAWN_POLICIES = 4;

  private final List<Statement> statements;
  private final Palette palette;
  private final Sheet sheet;
  private final Map<String, List<ValueEstimate>> bySegment = new TreeMap<>();

  SegmentSection(PageData data, List<Statement> statements, Palette palette, Sheet sheet) {
    this.statements = statements;
    this.palette = palette;
    this.sheet = sheet;
    for (ValueEstimate one : data.run().results().estimates()) {
      if (one.getVersion() == ResultBoard.WHOLE_LINE
          && !one.getSegment().equals(ResultBoard.ALL_SEGMENTS)) {
        bySegment.computeIfAbsent(one.getSegment(), segment -> new ArrayList<>()).add(one);
      }
    }
    bySegment.replaceAll((segment, estimates) -> PolicyCases.judged(estimates));
  }

  void write() {
    if (bySegment.size() < 2) {
      return;
    }
    sheet.section("segments", "Segments");
    picture();
    table();
    sheet.close();
  }

  private List<Map.Entry<String, List<ValueEstimate>>> largest() {
    return bySegment.entrySet().stream()
        .sorted(
            Comparator.comparingLong(
                    (Map.Entry<String, List<ValueEstimate>> entry) -> -n(entry.getValue()))
                .thenComparing(Map.Entry::getKey))
        .toList();
  }

  private static long n(List<ValueEstimate> estimates) {
    return estimates.stream().mapToLong(ValueEstimate::getN).max().orElse(0);
  }

  private void picture() {
    List<String> drawn = new ArrayList<>(List.of(PolicyCase.LOGGING));
    statements.stream()
        .map(Statement::policy)
        .filter(palette::has)
        .limit(DRAWN_POLICIES - 1)
        .forEach(drawn::add);
    List<IntervalChart.Row> rows = new ArrayList<>();
    for (Map.Entry<String, List<ValueEstimate>> entry : largest()) {
      List<IntervalChart.Mark> marks = new ArrayList<>();
      for (ValueEstimate one : entry.getValue()) {
        if (drawn.contains(one.getPolicy())
            && one.getUnreliable().isEmpty()
            && one.getLower() != null) {
          marks.add(
              new IntervalChart.Mark(
                  palette.of(one.getPolicy()), one.getValue(), one.getLower(), one.getUpper()));
        }
      }
      if (!marks.isEmpty() && rows.size() < DRAWN_SEGMENTS) {
        rows.add(new IntervalChart.Row(entry.getKey(), marks));
      }
    }
    String title = "Value by segment";
    if (rows.isEmpty()) {
      sheet.noFigure(title, "no segment has an interval that may be stated.");
      return;
    }
    sheet.figure(
        title,
        "The largest segments in which an interval may be stated, with 95 % intervals.",
        drawn.stream()
            .map(policy -> new ChartLine(policy, palette.of(policy), true, List.of()))
            .toList(),
        size -> new IntervalChart("reward for an impression", Double.NaN).of(size, rows));
  }

  private void table() {
    List<List<String>> rows = new ArrayList<>();
    long all = 0;
    for (Map.Entry<String, List<ValueEstimate>> entry : largest()) {
      for (ValueEstimate one : entry.getValue()) {
        all++;
        if (rows.size() < ROWS) {
          rows.add(
              List.of(
                  entry.getKey(),
                  one.getPolicy(),
                  Numbers.value(one.getValue()),
                  Cells.interval(one),
                  Numbers.rough(one.getEffectiveSampleSize()),
                  Numbers.count(one.getN())));
        }
      }
    }
    sheet
        .markup()
        .table(
            "ttnnnn",
            List.of(
                "Segment", "Policy", "Value", "95 % interval", "Effective sample", "Impressions"),
            rows);
    if (all > rows.size()) {
      sheet.note(
          "%s more rows are in the JSON report.".formatted(Numbers.count(all - rows.size())));
    }
  }
}
