package hindcast.numeric;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The standard normal distribution, far into its tails. For z below 0 everything rests on the
 * scaled complementary error function, Φ(z) = ½ erfcx(−z/√2) e^{−z²/2}, which neither underflows
 * nor cancels.
 */
public final class NormalDensity {
  private static final double SQRT_2 = Math.sqrt(2);
  private static final double SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);
  private static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  private NormalDensity() {}

  /** φ(z). */
  public static double density(double z) {
    return Math.exp(-z * z / 2) / SQRT_2_PI;
  }

  /** Φ(z). */
  public static double cumulative(double z) {
    return Erfc.value(-z / SQRT_2) / 2;
  }

  /** ln Φ(z), finite for every finite z above -10¹⁵⁰. */
  public static double logCumulative(double z) {
    return z < 0
        ? Math.log(Erfcx.value(-z / SQRT_2) / 2) - z * z / 2
        : Math.log1p(-Erfc.value(z / SQRT_2) / 2);
  }

  /** φ(z) / Φ(z), the derivative of ln Φ. */
  public static double hazard(double z) {
    return SQRT_2_OVER_PI / Erfcx.value(-z / SQRT_2);
  }

  /** The z with Φ(z) = p, p in (0, 1). */
  public static double quantile(double p) {
    return STANDARD.inverseCumulativeProbability(p);
  }
}
