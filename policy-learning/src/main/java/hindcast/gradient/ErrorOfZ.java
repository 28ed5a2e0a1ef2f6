package hindcast.gradient;

import java.util.Locale;

/**
 * How far Ẑ is from Z over some contexts: the root mean square and the largest of |Ẑ/Z − 1|.
 *
 * @param rootMeanSquare at least 0
 * @param largest at least 0
 */
record ErrorOfZ(double rootMeanSquare, double largest) {
  private static final double LIMIT = .03;
  private static final double LIMIT_OF_ONE = .2;

  /** The error of the contexts of a group. */
  static ErrorOfZ of(PartitionedSoftmax estimate, PartitionedSoftmax exact) {
    double squares = 0;
    double largest = 0;
    for (int i = 0; i < exact.count(); i++) {
      double error = Math.abs(Math.expm1(estimate.logZ(i) - exact.logZ(i)));
      squares += error * error;
      largest = Math.max(largest, error);
    }
    return new ErrorOfZ(Math.sqrt(squares / exact.count()), largest);
  }

  /** Whether it keeps the limits: 3 % on the whole and 20 % for one context. */
  boolean isClean() {
    return rootMeanSquare <= LIMIT && largest <= LIMIT_OF_ONE;
  }

  /** Whether it keeps half of the limits. */
  boolean isVeryClean() {
    return rootMeanSquare <= LIMIT / 2 && largest <= LIMIT_OF_ONE / 2;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "error of Z %.2g (limit %s), largest %.2g (limit %s)",
        rootMeanSquare,
        LIMIT,
        largest,
        LIMIT_OF_ONE);
  }
}
