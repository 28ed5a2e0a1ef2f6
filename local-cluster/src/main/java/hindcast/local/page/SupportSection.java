package hindcast.local.page;

import hindcast.avro.ValueEstimate;
import hindcast.local.screen.Numbers;
import hindcast.local.words.Percent;
import hindcast.local.words.PolicyCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How much the log says about what the policies do: importance weights and support. */
final class SupportSection {
  private final PageData data;
  private final Palette palette;
  private final Sheet sheet;

  SupportSection(PageData data, Palette palette, Sheet sheet) {
    this.data = data;
    this.palette = palette;
    this.sheet = sheet;
  }

  void write() {
    if (data.cases().isEmpty()) {
      return;
    }
    sheet.section("support", "Weights and support");
    table();
    boolean dated = data.span().isDated();
    List<ChartLine> sizes =
        lines(point -> positive(point.all().effectiveSampleSize(), point.untilMicros()));
    if (!sizes.isEmpty()) {
      sheet.figure(
          "Effective sample size",
          "How many impressions of the policy's own the log is worth. Logarithmic.",
          sizes,
          size -> CurveChart.overTime("impressions", dated, true).of(size, sizes));
    }
    List<ChartLine> largest =
        lines(point -> positive(point.all().largestWeight(), point.untilMicros()));
    if (!largest.isEmpty()) {
      sheet.figure(
          "Largest importance weight",
          "An impression of weight w counts as w: one large weight can decide an estimate."
              + " Logarithmic.",
          largest,
          size -> CurveChart.overTime("weight", dated, true).of(size, largest));
    }
    sheet.close();
  }

  private List<ChartLine> lines(
      java.util.function.Function<hindcast.local.words.LinePoint, Optional<ChartLine.Point>> each) {
    List<ChartLine> lines = new ArrayList<>();
    for (PolicyCase one : data.cases()) {
      if (palette.has(one.policy()) && !one.isLogging()) {
        List<ChartLine.Point> points =
            one.points().stream().flatMap(p -> each.apply(p).stream()).toList();
        if (!points.isEmpty()) {
          lines.add(new ChartLine(one.policy(), palette.of(one.policy()), true, points));
        }
      }
    }
    return lines;
  }

  private Optional<ChartLine.Point> positive(double y, long micros) {
    return y > 0 && Double.isFinite(y)
        ? Optional.of(new ChartLine.Point(data.axis(micros), y))
        : Optional.empty();
  }

  private void table() {
    List<List<String>> rows = new ArrayList<>();
    for (PolicyCase one : data.cases()) {
      ValueEstimate e = one.estimate();
      rows.add(
          List.of(
              one.policy(),
              Numbers.rough(e.getEffectiveSampleSize()),
              e.getN() == 0 ? Cells.NONE : Percent.share(e.getEffectiveSampleSize() / e.getN()),
              Numbers.rough(e.getRewardedEffectiveSampleSize()),
              e.getSupported() ? "yes" : "too little",
              Numbers.rough(e.getLargestWeight()),
              Numbers.rough(e.getMeanWeight()),
              e.getUnsupportedMass() == null ? Cells.NONE : Percent.share(e.getUnsupportedMass()),
              e.getDisagreement() == null ? Cells.NONE : Numbers.rough(e.getDisagreement())));
    }
    sheet
        .markup()
        .table(
            "tnnntnnnn",
            List.of(
                "Policy",
                "Effective sample",
                "of impressions",
                "with reward",
                "Support",
                "Largest weight",
                "Mean weight",
                "Never shown",
                "Disagreement"),
            rows);
    sheet.note(
        "An interval is stated from %s effective impressions with reward, where no single impression holds more than %s of the estimate. Never shown: share of what the policy does that the log does not contain. Disagreement: how far the estimators are apart, in standard errors; well above 2, one of them is wrong."
            .formatted(
                Numbers.rough(
                    data.origin().config().evaluation().minimumRewardedEffectiveSampleSize()),
                Percent.share(data.origin().config().evaluation().maximumEventShare())));
  }
}
