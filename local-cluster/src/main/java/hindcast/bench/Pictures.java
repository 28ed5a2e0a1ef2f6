package hindcast.bench;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.Function;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;

/**
 * Charts as PNG files beside a benchmark's JSON. Nothing is shown on a screen, so none is needed;
 * where Java finds no fonts there are no pictures and one line says so.
 */
final class Pictures {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 460;
  private static final int FONT_SIZE = 11;

  private final Path json;
  private final Progress progress;
  private final List<Path> written = new ArrayList<>();
  private boolean works = true;

  /** A line of a chart. */
  record Series(String name, double[] x, double[] y) {}

  /** Beside a JSON file. */
  Pictures(Path json, Progress progress) {
    System.setProperty("java.awt.headless", "true");
    this.json = json;
    this.progress = progress;
  }

  /**
   * Draws; points whose coordinates a logarithmic axis cannot show are left out.
   *
   * @param suffix of the file's name
   * @param logX whether the x axis is logarithmic
   * @param logY whether the y axis is logarithmic
   */
  void draw(
      String suffix,
      String title,
      String xTitle,
      String yTitle,
      boolean logX,
      boolean logY,
      List<Series> lines)
      throws IOException {
    if (!works) {
      return;
    }
    try {
      Path file = file(suffix);
      BitmapEncoder.saveBitmap(
          chart(title, xTitle, yTitle, logX, logY, lines),
          file.toString(),
          BitmapEncoder.BitmapFormat.PNG);
      written.add(file);
    } catch (Error | RuntimeException e) {
      works = false;
      progress.say("no pictures: Java cannot draw text here, fonts may be missing (" + e + ")");
    }
  }

  /** The files so far. */
  List<Path> written() {
    return List.copyOf(written);
  }

  private Path file(String suffix) {
    String name = String.valueOf(json.getFileName());
    String stem = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
    return json.toAbsolutePath().resolveSibling(stem + "-" + suffix + ".png");
  }

  private static XYChart chart(
      String title, String xTitle, String yTitle, boolean logX, boolean logY, List<Series> lines) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    style(chart.getStyler(), logX, logY);
    List<Series> shown =
        lines.stream()
            .map(line -> shown(line, logX, logY))
            .filter(line -> line.x().length > 0)
            .toList();
    shown.forEach(line -> chart.addSeries(line.name(), line.x(), line.y()));
    if (logX && !shown.isEmpty()) {
      chart.getStyler().setXAxisMin(decade(shown, Series::x, false));
      chart.getStyler().setXAxisMax(decade(shown, Series::x, true));
    }
    if (logY && !shown.isEmpty()) {
      chart.getStyler().setYAxisMin(decade(shown, Series::y, false));
      chart.getStyler().setYAxisMax(decade(shown, Series::y, true));
    }
    return chart;
  }

  /** The power of ten at or beyond every number. */
  private static double decade(
      List<Series> lines, Function<Series, double[]> numbers, boolean above) {
    DoubleSummaryStatistics range =
        lines.stream().map(numbers).flatMapToDouble(Arrays::stream).summaryStatistics();
    double low = Math.floor(Math.log10(range.getMin()) + 1e-9);
    double high = Math.max(low + 1, Math.ceil(Math.log10(range.getMax()) - 1e-9));
    return Math.pow(10, above ? high : low);
  }

  private static void style(XYStyler styler, boolean logX, boolean logY) {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE);
    styler.setXAxisLogarithmic(logX);
    styler.setYAxisLogarithmic(logY);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setLegendFont(font);
    styler.setAxisTickLabelsFont(font);
    styler.setAxisTitleFont(font);
    styler.setChartTitleFont(font.deriveFont(Font.BOLD));
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
  }

  private static Series shown(Series line, boolean logX, boolean logY) {
    List<double[]> points = new ArrayList<>();
    for (int k = 0; k < line.x().length; k++) {
      double x = line.x()[k];
      double y = line.y()[k];
      if (Double.isFinite(x + y) && (x > 0 || !logX) && (y > 0 || !logY)) {
        points.add(new double[] {x, y});
      }
    }
    return new Series(
        line.name(),
        points.stream().mapToDouble(point -> point[0]).toArray(),
        points.stream().mapToDouble(point -> point[1]).toArray());
  }
}
