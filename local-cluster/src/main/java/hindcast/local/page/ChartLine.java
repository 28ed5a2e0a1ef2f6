package hindcast.local.page;

import java.util.List;

/**
 * One curve of a chart, perhaps with a band around it.
 *
 * @param name of what it shows
 * @param color of the {@link Palette}
 * @param solid drawn dashed if not: the last point has no interval
 * @param points in order of x, all numbers finite
 */
record ChartLine(String name, int color, boolean solid, List<Point> points) {
  /**
   * A point.
   *
   * @param low lower end of the band; y where there is none
   * @param high upper end
   */
  record Point(double x, double y, double low, double high) {
    Point {
      if (!Double.isFinite(x + y + low + high)) {
        throw new IllegalArgumentException(
            "a point must be finite: " + x + ", " + y + " [" + low + ", " + high + "]");
      }
    }

    Point(double x, double y) {
      this(x, y, y, y);
    }
  }

  ChartLine {
    points = List.copyOf(points);
  }

  boolean hasBand() {
    return points.size() > 1 && points.stream().anyMatch(p -> p.high() > p.low());
  }
}
