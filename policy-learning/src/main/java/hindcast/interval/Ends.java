package hindcast.interval;

/** Ends of intervals that two one-sided bounds make. */
final class Ends {
  private Ends() {}

  /**
   * The interval between two bounds. Bounds that cross say that an assumption is broken (weights
   * that do not average 1): the interval is then the point between them.
   */
  static Interval ordered(double lower, double upper) {
    double middle = lower + (upper - lower) / 2;
    return lower <= upper ? new Interval(lower, upper) : new Interval(middle, middle);
  }
}
