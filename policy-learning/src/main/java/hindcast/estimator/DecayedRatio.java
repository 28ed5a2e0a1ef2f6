package hindcast.estimator;

import java.util.function.ToDoubleFunction;

/**
 * Decayed means and ratios: {@code V = sum d y / sum d x}, x = 1 for means.
 *
 * <pre>
 * Var = (sum d^2 y^2 - 2 V sum d^2 x y + V^2 sum d^2 x^2) / (sum d x)^2
 * </pre>
 *
 * <p>Not available when all x are 0. Sums: {@code d x, d y; d^2 x^2, d^2 x y, d^2 y^2}.
 */
final class DecayedRatio extends DecayedForm.OfSums {
  private final ToDoubleFunction<ScoredFeedback> denominator;
  private final ToDoubleFunction<ScoredFeedback> numerator;

  DecayedRatio(
      double halfLifeMicros,
      ToDoubleFunction<ScoredFeedback> denominator,
      ToDoubleFunction<ScoredFeedback> numerator) {
    super(new DecayedSums(halfLifeMicros, 2, 3));
    this.denominator = denominator;
    this.numerator = numerator;
  }

  /** The decayed mean of a term. */
  static DecayedRatio mean(double halfLifeMicros, ToDoubleFunction<ScoredFeedback> term) {
    return new DecayedRatio(halfLifeMicros, f -> 1, term);
  }

  @Override
  void add(ScoredFeedback f, long timeMicros) {
    double x = denominator.applyAsDouble(f);
    double y = numerator.applyAsDouble(f);
    sums.event(timeMicros);
    sums.addFirst(0, x);
    sums.addFirst(1, y);
    sums.addSecond(0, x * x);
    sums.addSecond(1, x * y);
    sums.addSecond(2, y * y);
  }

  @Override
  PointEstimate estimate(long n) {
    double sum = sums.first(0);
    if (sum == 0) {
      return PointEstimate.none(n);
    }
    double v = sums.first(1) / sum;
    double residuals = sums.second(2) - 2 * v * sums.second(1) + v * v * sums.second(0);
    return n == 1 ? PointEstimate.of(n, v) : PointEstimate.of(n, v, residuals / (sum * sum));
  }

  @Override
  double effectiveSampleSize() {
    return effective(sums.first(0), sums.second(0));
  }
}
