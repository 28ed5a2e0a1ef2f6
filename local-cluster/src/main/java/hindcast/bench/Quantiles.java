package hindcast.bench;

import java.util.Arrays;

/** Median and tenth percentile of a few measurements. */
record Quantiles(double median, double p10) {

  /** Of at least one number; linear between neighbours. */
  static Quantiles of(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return new Quantiles(at(sorted, 0.5), at(sorted, 0.1));
  }

  private static double at(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
