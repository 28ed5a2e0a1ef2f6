package hindcast.estimator;

import hindcast.interval.Interval;
import hindcast.interval.NormalInterval;
import hindcast.numeric.Moments;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one estimator says after n events; what is undefined is absent, never NaN.
 *
 * @param n events
 * @param value the estimate; absent without events or where the formula is undefined
 * @param standardError its standard error; absent with fewer than two events
 */
public record PointEstimate(long n, OptionalDouble value, OptionalDouble standardError) {
  /** An estimate that is not available. */
  public static PointEstimate none(long n) {
    return new PointEstimate(n, OptionalDouble.empty(), OptionalDouble.empty());
  }

  /** A value without a standard error. */
  public static PointEstimate of(long n, double value) {
    return new PointEstimate(n, finite(value), OptionalDouble.empty());
  }

  /** A value with the variance of the estimate; rounding below zero is clamped. */
  public static PointEstimate of(long n, double value, double variance) {
    return new PointEstimate(n, finite(value), finite(Math.sqrt(Math.max(0, variance))));
  }

  /** The mean of values with its standard error. */
  public static PointEstimate ofMean(Moments values) {
    long n = values.n();
    if (n == 0) {
      return none(0);
    }
    return n == 1 ? of(n, values.mean()) : of(n, values.mean(), values.variance() / n);
  }

  /** The normal 95 % interval, where value and standard error are available. */
  public Optional<Interval> interval() {
    return value.isPresent() && standardError.isPresent()
        ? Optional.of(NormalInterval.of(value.getAsDouble(), standardError.getAsDouble()))
        : Optional.empty();
  }

  private static OptionalDouble finite(double x) {
    return Double.isFinite(x) ? OptionalDouble.of(x) : OptionalDouble.empty();
  }
}
