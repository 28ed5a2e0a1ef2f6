package hindcast.local.page;

import hindcast.interval.Interval;
import hindcast.local.words.LinePoint;
import hindcast.local.words.PolicyCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Values and differences over event time. Where the log supports no interval at the end, the line
 * is dashed and has no band; where the log contradicts itself, nothing is drawn.
 */
final class CurveSection {
  private final PageData data;
  private final Palette palette;
  private final Sheet sheet;

  CurveSection(PageData data, Palette palette, Sheet sheet) {
    this.data = data;
    this.palette = palette;
    this.sheet = sheet;
  }

  void write() {
    sheet.section("time", "Over time");
    draw(
        "Value over time",
        "Estimated value of all impressions until then, with 95 % intervals.",
        CurveChart.overTime("reward for an impression", data.span().isDated(), false),
        lines(data, palette, true, point -> value(point)));
    List<ChartLine> differences = lines(data, palette, false, point -> difference(point));
    draw(
        "Difference to the logging policy over time",
        "On the same impressions, all until then, with 95 % intervals for one look. 0 is the"
            + " logging policy.",
        CurveChart.overTime("reward for an impression", data.span().isDated(), false),
        withZero(differences));
    long plain = data.cases().stream().filter(one -> !palette.has(one.policy())).count();
    if (plain > 0) {
      sheet.note(
          "Curves are of %d policies; %d more are in the tables alone."
              .formatted(data.cases().size() - plain, plain));
    }
    long points = data.cases().stream().mapToLong(one -> one.points().size()).max().orElse(0);
    if (points == 1) {
      sheet.note(
          "The log is shorter than one window of "
              + Cells.duration(data.origin().config().evaluation().window())
              + ": a shorter one, such as --set evaluation.window=5min, draws curves.");
    }
    sheet.close();
  }

  private void draw(String title, String text, CurveChart chart, List<ChartLine> lines) {
    if (lines.stream().allMatch(line -> line.points().isEmpty())) {
      sheet.noFigure(title, "no policy has numbers that may be stated.");
      return;
    }
    sheet.figure(title, text, lines, size -> chart.of(size, lines));
  }

  private Optional<ChartLine.Point> value(LinePoint point) {
    return point(data, point, point.all().value(), point.all().lower(), point.all().upper());
  }

  private Optional<ChartLine.Point> difference(LinePoint point) {
    Optional<Interval> interval = point.difference().interval();
    return point(
        data,
        point,
        point.difference().point().value(),
        interval.map(i -> OptionalDouble.of(i.lower())).orElse(OptionalDouble.empty()),
        interval.map(i -> OptionalDouble.of(i.upper())).orElse(OptionalDouble.empty()));
  }

  /** The lines of the policies that have a colour. */
  static List<ChartLine> lines(
      PageData data,
      Palette palette,
      boolean withLogging,
      Function<LinePoint, Optional<ChartLine.Point>> each) {
    List<ChartLine> lines = new ArrayList<>();
    for (PolicyCase one : data.cases()) {
      boolean shown = palette.has(one.policy()) && (withLogging || !one.isLogging());
      if (shown && one.estimate().getUnreliable().isEmpty()) {
        List<ChartLine.Point> points =
            one.points().stream().flatMap(p -> each.apply(p).stream()).toList();
        if (!points.isEmpty()) {
          lines.add(new ChartLine(one.policy(), palette.of(one.policy()), one.isSound(), points));
        }
      }
    }
    return lines;
  }

  static Optional<ChartLine.Point> point(
      PageData data, LinePoint at, OptionalDouble value, OptionalDouble low, OptionalDouble high) {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    double y = value.getAsDouble();
    return Optional.of(
        new ChartLine.Point(data.axis(at.untilMicros()), y, low.orElse(y), high.orElse(y)));
  }

  private static List<ChartLine> withZero(List<ChartLine> lines) {
    double[] xs =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(ChartLine.Point::x)
            .sorted()
            .toArray();
    if (xs.length == 0) {
      return lines;
    }
    List<ChartLine> all = new ArrayList<>();
    List<ChartLine.Point> zero =
        List.of(new ChartLine.Point(xs[0], 0), new ChartLine.Point(xs[xs.length - 1], 0));
    all.add(new ChartLine(PolicyCase.LOGGING, 0, true, zero));
    all.addAll(lines);
    return all;
  }
}
