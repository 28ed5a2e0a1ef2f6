package hindcast.interval;

/**
 * Levels for many tests or sequences such that the probability of any false one among them is at
 * most alpha.
 *
 * <ul>
 *   <li>N known beforehand: {@code alpha / N} each;
 *   <li>versions that are opened one after the other without end: {@code 6 alpha / (pi^2 k^2)} for
 *       the k-th ever opened, whose sum is alpha.
 * </ul>
 *
 * <p>A sequence that was looked at is never restarted at its old level: the new one is the next k.
 *
 * <p>Bonferroni 1936; sum of inverse squares: Euler.
 */
public final class AlphaSpending {
  private AlphaSpending() {}

  /** {@code alpha / n}. */
  public static double equal(double alpha, int n) {
    BettingTest.threshold(alpha);
    if (n < 1) {
      throw new IllegalArgumentException("number of tests must be at least 1: " + n);
    }
    return alpha / n;
  }

  /** {@code 6 alpha / (pi^2 k^2)}, k counted from 1. */
  public static double ofVersion(double alpha, long k) {
    BettingTest.threshold(alpha);
    if (k < 1) {
      throw new IllegalArgumentException("versions are counted from 1: " + k);
    }
    double scaled = Math.PI * k;
    return 6 * alpha / (scaled * scaled);
  }
}
