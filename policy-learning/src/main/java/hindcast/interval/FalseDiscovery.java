package hindcast.interval;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which of many tests reject, with the expected share of false ones among them at most q.
 *
 * <ul>
 *   <li>Benjamini-Hochberg on p-values: reject the k smallest, k the largest with {@code p_(k) <= q
 *       k / N}. For independent or positively dependent tests.
 *   <li>e-BH on e-values: reject the k largest, k the largest with {@code e_(k) >= N / (q k)}. For
 *       any dependence, and at any stopping time with e-processes: the choice for slices of one
 *       stream.
 * </ul>
 *
 * <p>Benjamini, Hochberg, JRSS B 57 (1995), 289-300. Wang, Ramdas, False Discovery Rate Control
 * with E-values, JRSS B 84 (2022), 822-852.
 */
public final class FalseDiscovery {
  private FalseDiscovery() {}

  /** Benjamini-Hochberg: true where the hypothesis is rejected. */
  public static boolean[] benjaminiHochberg(double[] pValues, double q) {
    for (double p : pValues) {
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException("p-value must be in [0, 1]: " + p);
      }
    }
    double[] negated = Arrays.stream(pValues).map(p -> -p).toArray();
    int n = pValues.length;
    return rejectLargest(negated, q, (x, k) -> -x <= q * k / n);
  }

  /**
   * e-BH: true where the hypothesis is rejected.
   *
   * @param logE natural logarithms of the e-values, for example {@link BettingTest#logE}
   */
  public static boolean[] eBenjaminiHochberg(double[] logE, double q) {
    for (double e : logE) {
      if (Double.isNaN(e)) {
        throw new IllegalArgumentException("logarithm of an e-value must be a number: NaN");
      }
    }
    int n = logE.length;
    return rejectLargest(logE, q, (x, k) -> x >= Math.log(n / (q * k)));
  }

  private interface Rule {
    boolean rejects(double value, int rank);
  }

  private static boolean[] rejectLargest(double[] values, double q, Rule rule) {
    if (!(q > 0 && q < 1)) {
      throw new IllegalArgumentException("false discovery rate must be in (0, 1): " + q);
    }
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((i, j) -> Double.compare(values[j], values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int rejected = 0;
    for (int k = 1; k <= order.length; k++) {
      if (rule.rejects(values[order[k - 1]], k)) {
        rejected = k;
      }
    }
    boolean[] result = new boolean[values.length];
    for (int k = 0; k < rejected; k++) {
      result[order[k]] = true;
    }
    return result;
  }
}
