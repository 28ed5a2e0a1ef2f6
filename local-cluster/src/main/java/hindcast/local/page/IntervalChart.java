package hindcast.local.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Intervals one below the other, the first at the top, each with its name on the y axis.
 *
 * @param xTitle of the x axis, with its unit
 * @param reference where a line is drawn from top to bottom; NaN for none
 */
record IntervalChart(String xTitle, double reference) {
  private static final int ROW = 30;
  private static final int FRAME = 70;
  private static final int ONE_TICK_A_ROW = 40;
  private static final int WIDE_NAME = 34;
  private static final int NARROW_NAME = 17;
  private static final double APART = 0.22;

  /**
   * One row.
   *
   * @param name on the axis
   * @param marks its intervals, drawn beside each other
   */
  record Row(String name, List<Mark> marks) {
    Row {
      marks = List.copyOf(marks);
    }
  }

  /** One interval. */
  record Mark(int color, double value, double low, double high) {}

  XYChart of(Picture.Size size, List<Row> rows) {
    XYChart chart =
        new XYChartBuilder()
            .width(size.width())
            .height(FRAME + ROW * rows.size())
            .xAxisTitle(xTitle)
            .build();
    XYStyler style = chart.getStyler();
    ChartStyle.apply(style, size);
    style.setPlotGridHorizontalLinesVisible(false);
    style.setYAxisTitleVisible(false);
    style.setYAxisMin(0.5);
    style.setYAxisMax(rows.size() + 0.5);
    style.setYAxisTickMarkSpacingHint(ONE_TICK_A_ROW);
    style.setPlotContentSize(1);
    style.setxAxisTickLabelsFormattingFunction(Cells::tick);
    int length = size.isNarrow() ? NARROW_NAME : WIDE_NAME;
    style.setyAxisTickLabelsFormattingFunction(y -> name(rows, y, length));
    range(style, rows);
    if (Double.isFinite(reference)) {
      double[] from = {0.5, rows.size() + 0.5};
      line(chart, "reference", 0, new double[] {reference, reference}, from)
          .setLineStyle(ChartStyle.DASHED);
    }
    for (int k = 0; k < rows.size(); k++) {
      add(chart, rows.size() - k, rows.get(k));
    }
    return chart;
  }

  private static void add(XYChart chart, int place, Row row) {
    int n = row.marks().size();
    for (int i = 0; i < n; i++) {
      Mark mark = row.marks().get(i);
      double y = place + APART * ((n - 1) / 2.0 - i);
      String id = place + "/" + i;
      line(chart, id, mark.color(), new double[] {mark.low(), mark.high()}, new double[] {y, y});
      XYSeries point =
          chart.addSeries("value " + id, new double[] {mark.value()}, new double[] {y});
      point.setMarker(SeriesMarkers.CIRCLE);
      point.setMarkerColor(ChartStyle.line(mark.color()));
    }
  }

  private static XYSeries line(XYChart chart, String name, int color, double[] x, double[] y) {
    XYSeries line = chart.addSeries(name, x, y);
    line.setLineColor(ChartStyle.line(color));
    line.setLineWidth(name.equals("reference") ? 1 : 3);
    line.setLineStyle(SeriesLines.SOLID);
    line.setMarker(SeriesMarkers.NONE);
    return line;
  }

  /**
   * The label at a height: by the ends of the axis, which lie between rows, the charting library
   * finds out how wide labels are; all labels differ, as it draws none otherwise; those beyond the
   * rows are blank.
   */
  private static String name(List<Row> rows, double y, int length) {
    if (y != Math.rint(y)) {
      return rows.stream()
          .map(row -> cut(row.name(), length))
          .max(Comparator.comparingInt(String::length))
          .map(longest -> y < 1 ? longest : longest + " ")
          .orElse("");
    }
    int k = rows.size() - (int) y;
    if (k < 0) {
      return " ".repeat(-2 * k);
    } else if (k >= rows.size()) {
      return " ".repeat(2 * (k - rows.size()) + 1);
    }
    String name = cut(rows.get(k).name(), length);
    long alike =
        rows.subList(0, k).stream().filter(r -> cut(r.name(), length).equals(name)).count();
    return name + " ".repeat((int) alike);
  }

  /** Both ends of a long name. */
  private static String cut(String name, int length) {
    int half = length / 2;
    return name.length() <= length
        ? name
        : name.substring(0, half) + "…" + name.substring(name.length() - (length - half - 1));
  }

  private void range(XYStyler style, List<Row> rows) {
    List<Double> ends = new ArrayList<>();
    for (Row row : rows) {
      for (Mark mark : row.marks()) {
        ends.add(Math.min(mark.low(), mark.value()));
        ends.add(Math.max(mark.high(), mark.value()));
      }
    }
    if (Double.isFinite(reference)) {
      ends.add(reference);
    }
    double low = ends.stream().mapToDouble(x -> x).min().orElse(0);
    double high = ends.stream().mapToDouble(x -> x).max().orElse(1);
    double margin = high > low ? 0.05 * (high - low) : Math.max(1e-9, Math.abs(high) * 0.1);
    style.setXAxisMin(low - margin);
    style.setXAxisMax(high + margin);
  }
}
