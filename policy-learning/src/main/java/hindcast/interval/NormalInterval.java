package hindcast.interval;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Interval of a mean by the central limit theorem: {@code value +- z se}.
 *
 * <p>z is the (1 + level) / 2 quantile of the standard normal, 1.959963984540054 for 95 %. Covers
 * at the stated level when the effective sample size is large; see {@code SupportRule} for when not
 * to show it. It holds at one fixed time: looking again and again until it excludes a value is what
 * confidence sequences are for.
 */
public final class NormalInterval {
  /** z of a two-sided 95 % interval. */
  public static final double Z95 = 1.959963984540054;

  private NormalInterval() {}

  /** The 95 % interval. */
  public static Interval of(double value, double standardError) {
    return new Interval(value - Z95 * standardError, value + Z95 * standardError);
  }

  /**
   * The interval at a level in (0, 1).
   *
   * @param level two-sided coverage, for example 0.9
   */
  public static Interval of(double value, double standardError, double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level must be in (0, 1): " + level);
    }
    double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
    return new Interval(value - z * standardError, value + z * standardError);
  }
}
