package hindcast.interval;

import hindcast.numeric.Moments;

/**
 * Maurer-Pontil interval for the mean of independent values in [0, B]: valid at every n, without a
 * normal approximation.
 *
 * <pre>
 * half width = sqrt(2 v l / n) + 7 B l / (3 (n - 1)),     l = ln(2 / alpha), v = sample variance
 * </pre>
 *
 * <p>For {@code CIPS_CAP} B is the cap. Each side holds with probability at least 1 - alpha.
 *
 * <p>Maurer, Pontil, Empirical Bernstein Bounds and Sample Variance Penalization, COLT 2009,
 * Theorem 4.
 */
public final class EmpiricalBernstein {
  private EmpiricalBernstein() {}

  /**
   * Half width of the interval.
   *
   * @param variance sample variance with n - 1
   * @param n at least 2
   * @param range B, above 0
   * @param alpha in (0, 1)
   */
  public static double halfWidth(double variance, long n, double range, double alpha) {
    if (n < 2) {
      throw new IllegalArgumentException("empirical Bernstein needs at least two values: " + n);
    }
    if (!(range > 0 && range < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("range must be finite and above 0: " + range);
    }
    if (!(variance >= 0 && variance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("variance must be finite and at least 0: " + variance);
    }
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must be in (0, 1): " + alpha);
    }
    double l = Math.log(2 / alpha);
    return Math.sqrt(2 * variance * l / n) + 7 * range * l / (3 * (n - 1));
  }

  /** The interval around the mean of the values. */
  public static Interval of(Moments values, double range, double alpha) {
    double half = halfWidth(values.variance(), values.n(), range, alpha);
    return new Interval(values.mean() - half, values.mean() + half);
  }
}
