package hindcast.numeric;

/**
 * log Σ e^{f_a} without overflow: m + log Σ e^{f_a − m}, m the largest f. Minus infinity for no
 * terms.
 */
public final class LogSumExp {
  private LogSumExp() {}

  /** Over the first {@code count} numbers. */
  public static double of(double[] f, int count) {
    double max = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < count; a++) {
      max = Math.max(max, f[a]);
    }
    if (Double.isInfinite(max)) {
      return max;
    }
    double sum = 0;
    for (int a = 0; a < count; a++) {
      sum += Math.exp(f[a] - max);
    }
    return max + Math.log(sum);
  }
}
