package hindcast.local.page;

import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Curves with bands.
 *
 * <p>The y axis spans what the lines reach, and their bands in the later three quarters, so that
 * the first, wide intervals do not flatten the rest; what is beyond is cut off.
 *
 * @param xTitle of the x axis
 * @param yTitle of the y axis, with its unit
 * @param dated whether x is milliseconds since 1970
 * @param logX whether the x axis is logarithmic; x is above 0 then
 * @param logY whether the y axis is logarithmic; y is above 0 then
 */
@SuppressWarnings("JavaUtilDate") // the axis of the charting library takes no other time
record CurveChart(String xTitle, String yTitle, boolean dated, boolean logX, boolean logY) {
  private static final int WIDE_HEIGHT = 320;
  private static final int NARROW_HEIGHT = 280;

  /** A chart over event time. */
  static CurveChart overTime(String yTitle, boolean dated, boolean logY) {
    String title = dated ? "time of impression, UTC" : "number of impression";
    return new CurveChart(title, yTitle, dated, false, logY);
  }

  /** The chart of some lines, of which at least one has a point. */
  XYChart of(Picture.Size size, List<ChartLine> lines) {
    XYChart chart =
        new XYChartBuilder()
            .width(size.width())
            .height(size.isNarrow() ? NARROW_HEIGHT : WIDE_HEIGHT)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    XYStyler style = chart.getStyler();
    ChartStyle.apply(style, size);
    style.setPlotGridVerticalLinesVisible(false);
    style.setXAxisLogarithmic(logX);
    style.setYAxisLogarithmic(logY);
    style.setXAxisLogarithmicDecadeOnly(true);
    style.setYAxisLogarithmicDecadeOnly(true);
    if (logX || logY) {
      style.setDecimalPattern("#,##0.######");
    }
    if (!logY) {
      style.setyAxisTickLabelsFormattingFunction(Cells::tick);
    }
    if (!logX && !dated) {
      style.setxAxisTickLabelsFormattingFunction(Cells::tick);
    }
    lines.stream().filter(ChartLine::hasBand).forEach(line -> addBand(chart, line));
    lines.stream().filter(line -> !line.points().isEmpty()).forEach(line -> addLine(chart, line));
    range(style, lines);
    return chart;
  }

  private void addBand(XYChart chart, ChartLine line) {
    List<ChartLine.Point> points = line.points();
    int n = points.size();
    double[] x = new double[2 * n];
    double[] y = new double[2 * n];
    for (int i = 0; i < n; i++) {
      x[i] = points.get(i).x();
      y[i] = points.get(i).high();
      x[2 * n - 1 - i] = points.get(i).x();
      y[2 * n - 1 - i] = points.get(i).low();
    }
    XYSeries band = add(chart, "band of " + line.name(), x, y);
    band.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    band.setFillColor(ChartStyle.band(line.color()));
    band.setLineStyle(SeriesLines.NONE);
    band.setMarker(SeriesMarkers.NONE);
  }

  private void addLine(XYChart chart, ChartLine line) {
    XYSeries series =
        add(
            chart,
            line.name(),
            line.points().stream().mapToDouble(ChartLine.Point::x).toArray(),
            line.points().stream().mapToDouble(ChartLine.Point::y).toArray());
    series.setLineColor(ChartStyle.line(line.color()));
    series.setMarkerColor(ChartStyle.line(line.color()));
    series.setLineWidth(2);
    series.setLineStyle(line.solid() ? SeriesLines.SOLID : ChartStyle.DASHED);
    series.setMarker(line.points().size() > 1 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
  }

  private XYSeries add(XYChart chart, String name, double[] x, double[] y) {
    if (!dated) {
      return chart.addSeries(name, x, y);
    }
    return chart.addSeries(
        name,
        DoubleStream.of(x).mapToObj(millis -> new java.util.Date((long) millis)).toList(),
        DoubleStream.of(y).boxed().toList());
  }

  private void range(XYStyler style, List<ChartLine> lines) {
    List<ChartLine.Point> points = lines.stream().flatMap(line -> line.points().stream()).toList();
    double first = points.stream().mapToDouble(ChartLine.Point::x).min().orElse(0);
    double last = points.stream().mapToDouble(ChartLine.Point::x).max().orElse(1);
    double later = first + (last - first) / 4;
    double[] reached =
        points.stream()
            .flatMapToDouble(
                p ->
                    p.x() >= later
                        ? DoubleStream.of(p.low(), p.y(), p.high())
                        : DoubleStream.of(p.y()))
            .toArray();
    double low = DoubleStream.of(reached).min().orElse(0);
    double high = DoubleStream.of(reached).max().orElse(1);
    if (logY) {
      style.setYAxisMin(Math.pow(10, Math.floor(Math.log10(low))));
      style.setYAxisMax(Math.pow(10, Math.ceil(Math.log10(high * 1.001))));
    } else {
      double margin = high > low ? 0.04 * (high - low) : Math.max(1e-9, Math.abs(high) * 0.1);
      style.setYAxisMin(low >= 0 ? Math.max(0, low - margin) : low - margin);
      style.setYAxisMax(high + margin);
    }
    if (first == last) {
      double margin = dated ? 60_000 : Math.max(1, Math.abs(first) * 0.1);
      style.setXAxisMin(first - margin);
      style.setXAxisMax(last + margin);
    }
  }
}
