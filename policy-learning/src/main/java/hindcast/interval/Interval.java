package hindcast.interval;

/**
 * A closed interval [lower, upper] of real numbers; the ends may be infinite, never NaN.
 *
 * @param lower lower end
 * @param upper upper end, at least {@code lower}
 */
public record Interval(double lower, double upper) {
  public Interval {
    if (!(lower <= upper)) {
      throw new IllegalArgumentException(
          "interval must have lower <= upper: [" + lower + ", " + upper + "]");
    }
  }

  /** Whether a number lies in the interval. */
  public boolean contains(double x) {
    return x >= lower && x <= upper;
  }

  /** {@code upper - lower}. */
  public double width() {
    return upper - lower;
  }
}
