package hindcast.numeric;

/**
 * e^{k(f_a − m)} over an array, for weights that are at most 1.
 *
 * <p>With z = k(f − m) ≤ 0: n = round(z / ln 2), r = z − n ln 2 (in two parts), e^z = 2ⁿ · T(r), T
 * the Taylor polynomial of degree 13 on |r| ≤ 0.347. The polynomial loop is straight arithmetic and
 * is vectorised by the compiler; 2ⁿ comes from a table. Relative error below 10⁻¹⁵.
 *
 * <p>Arguments below -300 give exactly 0: what such an item weighs (10⁻¹³⁰) is beyond double
 * precision next to the largest, and no denormal number ever appears.
 */
public final class ExponentialKernel {
  private static final double LOWEST = -300;
  private static final int TABLE = 512;
  private static final double[] POWERS_OF_TWO = new double[TABLE + 1];
  private static final double LOG2_E = 1.4426950408889634;
  private static final double LN_2_HIGH = 0.6931471803691238;
  private static final double LN_2_LOW = 1.9082149292705877E-10;

  /** 1.5 · 2⁵²: adding and taking it away rounds to the nearest integer. */
  private static final double ROUNDER = 6755399441055744.0;

  static {
    int lowest = (int) Math.floor(LOWEST * LOG2_E);
    for (int n = lowest; n <= 0; n++) {
      POWERS_OF_TWO[n + TABLE] = Math.scalb(1.0, n);
    }
  }

  private ExponentialKernel() {}

  /**
   * Writes {@code out[a] = e^{factor (f[a] − shift)}} and returns the sum.
   *
   * @param f finite scores, at most {@code shift}
   * @param count how many
   * @param factor k, above 0
   * @param shift m, the largest score
   * @param out receives {@code count} numbers in [0, 1]; not {@code f}
   * @param scratch room for {@code count} numbers; not {@code f}, not {@code out}
   */
  public static double exponentials(
      double[] f, int count, double factor, double shift, double[] out, double[] scratch) {
    for (int a = 0; a < count; a++) {
      scratch[a] = factor * (f[a] - shift);
    }
    mantissas(count, scratch, out);
    return scale(count, out, scratch);
  }

  /** From z to n in {@code exponents} and T(r) in {@code out}. */
  private static void mantissas(int count, double[] exponents, double[] out) {
    for (int a = 0; a < count; a++) {
      double z = Math.max(exponents[a], LOWEST - 40);
      double n = (z * LOG2_E + ROUNDER) - ROUNDER;
      double r = (z - n * LN_2_HIGH) - n * LN_2_LOW;
      double t = 1.0 / 6227020800.0;
      t = t * r + 1.0 / 479001600.0;
      t = t * r + 1.0 / 39916800.0;
      t = t * r + 1.0 / 3628800.0;
      t = t * r + 1.0 / 362880.0;
      t = t * r + 1.0 / 40320.0;
      t = t * r + 1.0 / 5040.0;
      t = t * r + 1.0 / 720.0;
      t = t * r + 1.0 / 120.0;
      t = t * r + 1.0 / 24.0;
      t = t * r + 1.0 / 6.0;
      t = t * r + 0.5;
      out[a] = t * r * r + r + 1.0;
      exponents[a] = n;
    }
  }

  private static double scale(int count, double[] out, double[] exponents) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int a = 0;
    for (; a + 4 <= count; a += 4) {
      s0 += out[a] *= POWERS_OF_TWO[(int) exponents[a] + TABLE];
      s1 += out[a + 1] *= POWERS_OF_TWO[(int) exponents[a + 1] + TABLE];
      s2 += out[a + 2] *= POWERS_OF_TWO[(int) exponents[a + 2] + TABLE];
      s3 += out[a + 3] *= POWERS_OF_TWO[(int) exponents[a + 3] + TABLE];
    }
    for (; a < count; a++) {
      s0 += out[a] *= POWERS_OF_TWO[(int) exponents[a] + TABLE];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
