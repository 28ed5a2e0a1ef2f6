package hindcast.local.screen;

import java.util.Locale;

/** Numbers as people read them in a table. */
public final class Numbers {

  private Numbers() {}

  /**
   * Fixed decimals so that a column of values lines up: four from 0.1, five below, none from 1000.
   */
  public static String value(Double value) {
    if (value == null || !Double.isFinite(value)) {
      return "-";
    }
    double size = Math.abs(value);
    String format = size >= 1000 ? "%.0f" : size >= 10 ? "%.2f" : size >= 0.1 ? "%.4f" : "%.5f";
    return String.format(Locale.ROOT, format, value);
  }

  /** Both ends, as values. */
  public static String interval(Double lower, Double upper) {
    return "[" + value(lower) + ", " + value(upper) + "]";
  }

  /** A weight or an effective sample size: three digits are enough. */
  public static String rough(Double value) {
    if (value == null || !Double.isFinite(value)) {
      return "-";
    }
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  /** A whole number with separators. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Minutes and seconds, with hours where there are any. */
  public static String clock(long seconds) {
    long positive = Math.max(0, seconds);
    return positive >= 3600
        ? String.format(
            Locale.ROOT, "%d:%02d:%02d", positive / 3600, positive / 60 % 60, positive % 60)
        : String.format(Locale.ROOT, "%02d:%02d", positive / 60, positive % 60);
  }
}
