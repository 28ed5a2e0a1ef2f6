package hindcast.interval;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Events needed to tell a difference from nothing, by the normal approximation:
 *
 * <pre>
 * n = (z(1 - alpha / 2) + z(power))^2 sigma^2 / difference^2
 * </pre>
 *
 * <p>with sigma the standard deviation of one event's contribution, alpha .05 two-sided and power
 * .8. From a pilot of m events with standard error s, {@code sigma^2 = m s^2}: so {@code n = m
 * (2.80 s / difference)^2}.
 *
 * <p>Source: Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd edition, 1988.
 */
public final class SampleSize {
  private static final double POWER = 0.8;
  private static final double Z =
      NormalInterval.Z95 + NormalDistribution.of(0, 1).inverseCumulativeProbability(POWER);

  private SampleSize() {}

  /**
   * The number of events, at least 1; {@link Long#MAX_VALUE} where it is larger.
   *
   * @param m events of the pilot, at least 1
   * @param standardError of the difference in it, finite and at least 0
   * @param difference to be told, above 0
   */
  public static long events(long m, double standardError, double difference) {
    if (m < 1) {
      throw new IllegalArgumentException("a pilot needs at least one event: " + m);
    }
    if (!(standardError >= 0 && standardError < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "standard error must be finite and at least 0: " + standardError);
    }
    if (!(difference > 0)) {
      throw new IllegalArgumentException("difference must be above 0: " + difference);
    }
    double ratio = Z * standardError / difference;
    return Math.max(1, (long) Math.ceil(m * ratio * ratio));
  }
}
