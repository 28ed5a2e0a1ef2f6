package hindcast.local.page;

import hindcast.avro.ValueEstimate;
import hindcast.gate.TestForecast;
import hindcast.local.screen.Numbers;
import hindcast.local.words.Percent;
import hindcast.local.words.PolicyCase;
import hindcast.local.words.Statement;
import hindcast.local.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Values of all policies and their differences to the logging policy, as numbers and pictures. */
final class PolicySection {
  private static final int DRAWN = 24;

  private final PageData data;
  private final Palette palette;
  private final Sheet sheet;
  private final List<PolicyCase> ordered = new ArrayList<>();

  PolicySection(PageData data, List<Statement> statements, Palette palette, Sheet sheet) {
    this.data = data;
    this.palette = palette;
    this.sheet = sheet;
    Map<String, PolicyCase> byName = new TreeMap<>();
    data.cases().forEach(one -> byName.put(one.policy(), one));
    Optional.ofNullable(byName.get(PolicyCase.LOGGING)).ifPresent(ordered::add);
    statements.forEach(statement -> ordered.add(byName.get(statement.policy())));
  }

  void write() {
    sheet.section("policies", "Policies");
    if (ordered.isEmpty()) {
      sheet.paragraph("No policy has an estimate: no impression of the log could be used.").close();
      return;
    }
    differences();
    values();
    table();
    sheet.close();
  }

  private void differences() {
    String title = "Difference to the logging policy";
    List<PolicyCase> compared =
        ordered.stream().filter(PolicyCase::isCompared).limit(DRAWN).toList();
    if (compared.isEmpty()) {
      sheet.noFigure(title, "no policy has an interval that may be stated.");
      return;
    }
    boolean percent =
        compared.stream()
            .allMatch(
                one ->
                    one.estimate().getOnPolicyValue() != null
                        && one.estimate().getOnPolicyValue() > 0);
    List<IntervalChart.Row> rows = new ArrayList<>();
    for (PolicyCase one : compared) {
      ValueEstimate e = one.estimate();
      double unit = percent ? 100 / e.getOnPolicyValue() : 1;
      rows.add(
          row(
              one,
              unit * e.getDifferenceToLogging(),
              unit * e.getDifferenceLower(),
              unit * e.getDifferenceUpper()));
    }
    String unit = percent ? "% of the log's mean reward" : "reward for an impression";
    sheet.figure(
        title,
        "On the same impressions, with 95 % intervals; the dashed line is the logging policy.",
        List.of(),
        size -> new IntervalChart(unit, 0).of(size, rows));
  }

  private void values() {
    String title = "Value of each policy";
    List<PolicyCase> sound = ordered.stream().filter(PolicyCase::isSound).limit(DRAWN).toList();
    if (sound.isEmpty()) {
      sheet.noFigure(title, "no policy has an interval that may be stated.");
      return;
    }
    List<IntervalChart.Row> rows = new ArrayList<>();
    for (PolicyCase one : sound) {
      ValueEstimate e = one.estimate();
      rows.add(row(one, e.getValue(), e.getLower(), e.getUpper()));
    }
    double logging =
        sound.stream()
            .filter(PolicyCase::isLogging)
            .mapToDouble(one -> one.estimate().getValue())
            .findFirst()
            .orElse(Double.NaN);
    sheet.figure(
        title,
        "Estimated reward for an impression, with 95 % intervals.",
        List.of(),
        size -> new IntervalChart("reward for an impression", logging).of(size, rows));
  }

  private IntervalChart.Row row(PolicyCase one, double value, double low, double high) {
    int color = palette.has(one.policy()) ? palette.of(one.policy()) : 0;
    return new IntervalChart.Row(
        one.policy(), List.of(new IntervalChart.Mark(color, value, low, high)));
  }

  private void table() {
    List<List<String>> rows = new ArrayList<>();
    for (PolicyCase one : ordered) {
      ValueEstimate e = one.estimate();
      rows.add(
          List.of(
              one.policy(),
              Numbers.value(e.getValue()),
              Cells.interval(e),
              one.isCompared() ? Percent.difference(e) : Cells.NONE,
              one.isCompared() ? anytime(e) : Cells.NONE,
              one.forecast()
                  .map(TestForecast::successProbability)
                  .map(Words::probability)
                  .orElse(Cells.NONE),
              Numbers.count(e.getN()),
              Cells.estimator(e)));
    }
    sheet
        .markup()
        .table(
            "tnnnnnnt",
            List.of(
                "Policy",
                "Value",
                "95 % interval",
                "To logging [95 %]",
                "At all times [95 %]",
                "P(test succeeds)",
                "Impressions",
                "Estimator"),
            rows);
    sheet.note(
        "Value is the reward for an impression. To logging is the paired difference, mean of (w -"
            + " 1) r. At all times: the same in units of reward, by an interval that may be looked"
            + " at"
            + " all along; it is wider, and absent where propensities are estimated. The test has %s"
                .formatted(plan()));
  }

  private String plan() {
    var gates = data.origin().config().gates();
    String length =
        gates.testSize() > 0
            ? Numbers.count(Math.round(gates.testSize())) + " impressions"
            : Words.duration(gates.testDuration());
    return "%s, %s of the traffic for the policy, and must show %s at significance %s (settings gates.test-*)."
        .formatted(
            length,
            Percent.share(gates.testShare()),
            gates.testUplift() == 0
                ? "any improvement"
                : "more than +" + Percent.share(gates.testUplift()),
            Percent.share(gates.testSignificance()));
  }

  private static String anytime(ValueEstimate estimate) {
    return estimate.getDifferenceSequenceLower() == null
        ? Cells.NONE
        : Numbers.interval(
            estimate.getDifferenceSequenceLower(), estimate.getDifferenceSequenceUpper());
  }
}
