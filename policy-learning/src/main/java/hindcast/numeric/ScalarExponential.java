package hindcast.numeric;

import static hindcast.numeric.MinibatchKernels.LANES;

/**
 * e^{f − m} in single precision, by straight arithmetic.
 *
 * <p>With y = min(m − f, 50): n = round(−y / ln 2), r = y + n ln 2 (in two parts), e^{−y} = 2ⁿ
 * T(r), T the polynomial of degree 6 closest to e^{−r} on |r| ≤ ½ ln 2 in relative error (2·10⁻⁹).
 * 2ⁿ is added to the exponent's bits. e^{−50} is taken away from every result, so that all that is
 * clamped is exactly 0; it is below the last place of whatever is above 10⁻¹⁴.
 */
final class ScalarExponential {
  static final float CLAMP = -MinibatchKernels.LOWEST;
  static final float MINUS_LOG2_E = -1.442695f;

  /** 1.5 · 2²³: adding and taking it away rounds to the nearest integer. */
  static final float ROUNDER = 12582912;

  static final float C6 = 0.0013843644f;
  static final float C5 = -0.008374164f;
  static final float C4 = 0.041668f;
  static final float C3 = -0.16666432f;
  static final float C2 = 0.49999994f;

  private static final float LN_2_HIGH = 0.6933594f;
  private static final float LN_2_LOW = -2.12194440e-4f;
  private static final float FLOOR = positive(CLAMP);

  private ScalarExponential() {}

  static void exponentials(
      float[] f, int from, int items, float[] shift, float[] out, double[] sums) {
    for (int start = 0; start < items; start += BlockwiseSum.LENGTH) {
      int end = Math.min(items, start + BlockwiseSum.LENGTH);
      for (int i = 0; i < LANES; i++) {
        float sum = 0;
        for (int item = start; item < end; item++) {
          int at = from + item * LANES + i;
          float e = exponential(shift[i] - f[at]);
          out[at] = e;
          sum += e;
        }
        sums[i] += sum;
      }
    }
  }

  static double exponentials(float[] f, int from, int count, float shift, float[] out) {
    for (int k = from; k < from + count; k++) {
      out[k] = exponential(shift - f[k]);
    }
    return BlockwiseSum.of(out, from, count);
  }

  /** e^{−y}, 0 from 50 on. */
  static float exponential(float y) {
    return positive(Math.min(y, CLAMP)) - FLOOR;
  }

  private static float positive(float y) {
    float rounded = y * MINUS_LOG2_E + ROUNDER;
    float n = rounded - ROUNDER;
    float r = (y + n * LN_2_HIGH) + n * LN_2_LOW;
    float t = C6;
    t = t * r + C5;
    t = t * r + C4;
    t = t * r + C3;
    t = t * r + C2;
    t = t * r - 1;
    t = t * r + 1;
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(t) + (Float.floatToRawIntBits(rounded) << 23));
  }
}
