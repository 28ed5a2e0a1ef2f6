package hindcast.estimator;

/**
 * Decayed {@link ControlVariateIps}: the intercept of the regression of {@code y = w r} on {@code w
 * - 1} in which every event weighs d.
 *
 * <pre>
 * b = Cov_d(y, w) / Var_d(w)            moments with weights d / sum d
 * V = mean_d(y) - b (mean_d(w) - 1)
 * Var = sum d^2 (y - mean_d(y) - b (w - mean_d(w)))^2 / (sum d)^2
 * </pre>
 *
 * <p>b is 0, and the estimate IPS, where the weights vary by less than a millionth of their size:
 * the sums cannot tell that from equal weights. Sums: {@code d, d w, d y, d w^2, d w y; d^2, d^2 w,
 * d^2 y, d^2 w^2, d^2 w y, d^2 y^2}.
 */
final class DecayedControlVariate extends DecayedForm.OfSums {
  private static final double EQUAL = 1e-12;

  DecayedControlVariate(double halfLifeMicros) {
    super(new DecayedSums(halfLifeMicros, 5, 6));
  }

  @Override
  void add(ScoredFeedback f, long timeMicros) {
    double w = f.weight();
    double y = w * f.reward();
    sums.event(timeMicros);
    sums.addFirst(0, 1);
    sums.addFirst(1, w);
    sums.addFirst(2, y);
    sums.addFirst(3, w * w);
    sums.addFirst(4, w * y);
    sums.addSecond(0, 1);
    sums.addSecond(1, w);
    sums.addSecond(2, y);
    sums.addSecond(3, w * w);
    sums.addSecond(4, w * y);
    sums.addSecond(5, y * y);
  }

  @Override
  PointEstimate estimate(long n) {
    double sum = sums.first(0);
    double meanW = sums.first(1) / sum;
    double meanY = sums.first(2) / sum;
    double b = coefficient(sum, meanW, meanY);
    double v = meanY - b * (meanW - 1);
    if (n == 1) {
      return PointEstimate.of(n, v);
    }
    double c = meanY - b * meanW;
    double residuals =
        sums.second(5)
            - 2 * b * sums.second(4)
            + b * b * sums.second(3)
            - 2 * c * (sums.second(2) - b * sums.second(1))
            + c * c * sums.second(0);
    return PointEstimate.of(n, v, residuals / (sum * sum));
  }

  private double coefficient(double sum, double meanW, double meanY) {
    double square = sums.first(3) / sum;
    double variance = square - meanW * meanW;
    return variance <= EQUAL * square ? 0 : (sums.first(4) / sum - meanW * meanY) / variance;
  }

  @Override
  double effectiveSampleSize() {
    return effective(sums.first(0), sums.second(0));
  }
}
