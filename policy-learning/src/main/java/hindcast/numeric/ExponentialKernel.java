package hindcast.numeric;

/**
 * e^{k(f_a − m)} over an array, for weights that are at most 1.
 *
 * <p>Arguments below -300 give exactly 0: what such an item weighs (10⁻¹³⁰) is beyond double
 * precision next to the largest, and no denormal number ever appears.
 */
public final class ExponentialKernel {
  private static final double LOWEST = -300;

  private ExponentialKernel() {}

  /**
   * Writes {@code out[a] = e^{factor (f[a] − shift)}} and returns the sum.
   *
   * @param f scores, at most {@code shift}
   * @param count how many
   * @param factor k, above 0
   * @param shift m, the largest score
   * @param out receives {@code count} numbers in [0, 1]
   */
  public static double exponentials(
      double[] f, int count, double factor, double shift, double[] out) {
    double sum = 0;
    for (int a = 0; a < count; a++) {
      double z = factor * (f[a] - shift);
      double e = z < LOWEST ? 0 : Math.exp(z);
      out[a] = e;
      sum += e;
    }
    return sum;
  }
}
