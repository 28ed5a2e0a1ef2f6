package hindcast.local.page;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.TimeZone;
import org.knowm.xchart.style.XYStyler;

/**
 * How charts look. Colours are stand-ins that the style sheet of the page replaces, by the scheme
 * of the reader: policy k is {@code rgb(1,0,k)}, text {@code rgb(2,0,0)}, the grid {@code
 * rgb(3,0,0)}.
 */
final class ChartStyle {
  static final Color INK = new Color(2, 0, 0);
  static final Color GRID = new Color(3, 0, 0);
  static final BasicStroke DASHED =
      new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0);
  private static final Color CLEAR = new Color(0, 0, 0, 0);
  private static final int BAND_ALPHA = 46;

  private ChartStyle() {}

  static Color line(int color) {
    return new Color(1, 0, color);
  }

  static Color band(int color) {
    return new Color(1, 0, color, BAND_ALPHA);
  }

  static void apply(XYStyler style, Picture.Size size) {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    style.setLegendVisible(false);
    style.setChartTitleVisible(false);
    style.setChartBackgroundColor(CLEAR);
    style.setPlotBackgroundColor(CLEAR);
    style.setPlotBorderVisible(false);
    style.setPlotGridLinesColor(GRID);
    style.setPlotGridLinesStroke(new BasicStroke(1));
    style.setAxisTickLabelsFont(font);
    style.setAxisTitleFont(font);
    style.setChartFontColor(INK);
    style.setXAxisTickLabelsColor(INK);
    style.setYAxisTickLabelsColor(INK);
    style.setAxisTickMarksColor(GRID);
    style.setXAxisTickMarkSpacingHint(size.isNarrow() ? 90 : 110);
    style.setYAxisTickMarkSpacingHint(50);
    style.setTimezone(TimeZone.getTimeZone("UTC"));
    style.setChartPadding(4);
    style.setPlotContentSize(0.97);
    style.setMarkerSize(8);
  }
}
