package hindcast.local.estimates;

import hindcast.estimator.Estimate;
import hindcast.estimator.EstimateSet;
import hindcast.local.LocalStartException;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The value over time as a PNG file: of each stored window the estimate, with its 95 % interval as
 * a bar where support carries one, at the middle of the window. No screen is needed.
 */
@SuppressWarnings("JavaUtilDate") // the axis of the charting library takes no other time
public final class ValueChart {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 460;

  private ValueChart() {}

  /**
   * Draws the series of an answer.
   *
   * @throws LocalStartException if Java finds no fonts
   */
  public static void write(IntervalAnswer answer, Path file) throws IOException {
    System.setProperty("java.awt.headless", "true");
    try {
      BitmapEncoder.saveBitmap(chart(answer), file.toString(), BitmapEncoder.BitmapFormat.PNG);
    } catch (LinkageError | RuntimeException e) {
      throw new LocalStartException("no picture: Java cannot draw text here (" + e + ")", e);
    }
  }

  private static XYChart chart(IntervalAnswer answer) {
    IntervalQuestion question = answer.question();
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(
                "%s version %d, segment %s"
                    .formatted(question.policy(), question.version(), question.segment()))
            .xAxisTitle("time of impression, UTC")
            .yAxisTitle("value")
            .build();
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    chart.getStyler().setLegendFont(font);
    chart.getStyler().setAxisTickLabelsFont(font);
    chart.getStyler().setAxisTitleFont(font);
    chart.getStyler().setChartTitleFont(font.deriveFont(Font.BOLD));
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotBorderVisible(false);
    chart.getStyler().setTimezone(java.util.TimeZone.getTimeZone("UTC"));
    List<IntervalAnswer.Point> points = answer.points();
    for (int k = 0; k < answer.lines().size(); k++) {
      addSeries(chart, points, k);
    }
    return chart;
  }

  private static void addSeries(XYChart chart, List<IntervalAnswer.Point> points, int estimator) {
    List<Date> times = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    List<Double> halfWidths = new ArrayList<>();
    for (IntervalAnswer.Point point : points) {
      EstimateSet.Line line = point.lines().get(estimator);
      Estimate estimate = line.estimate();
      if (estimate.value().isPresent()) {
        long middle = (point.window().startMicros() + point.window().endMicros()) / 2;
        times.add(new Date(middle / 1000));
        values.add(estimate.value().getAsDouble());
        halfWidths.add(
            estimate.upper().isPresent()
                ? estimate.upper().getAsDouble() - estimate.value().getAsDouble()
                : 0);
      }
    }
    if (!times.isEmpty()) {
      String name = points.get(0).lines().get(estimator).spec().toString();
      XYSeries series = chart.addSeries(name, times, values, halfWidths);
      series.setMarker(SeriesMarkers.CIRCLE);
    }
  }
}
