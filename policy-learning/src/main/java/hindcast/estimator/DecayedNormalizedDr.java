package hindcast.estimator;

import java.util.function.ToDoubleFunction;

/**
 * Decayed {@link SelfNormalizedDr}: {@code V = sum d qpi / sum d + sum d y / sum d x}.
 *
 * <pre>
 * c = sum d y / sum d x,     psi = d (qpi - mean_d(qpi)) / sum d + d (y - c x) / sum d x
 * Var = sum psi^2
 * </pre>
 *
 * <p>Not available when all x are 0. Sums, with {@code m = qpi}: {@code d, d m, d x, d y; d^2, d^2
 * m, d^2 m^2, d^2 x, d^2 y, d^2 m x, d^2 m y, d^2 x^2, d^2 x y, d^2 y^2}.
 */
final class DecayedNormalizedDr extends DecayedForm.OfSums {
  private final ToDoubleFunction<ScoredFeedback> normaliser;
  private final ToDoubleFunction<ScoredFeedback> correction;

  DecayedNormalizedDr(
      double halfLifeMicros,
      ToDoubleFunction<ScoredFeedback> normaliser,
      ToDoubleFunction<ScoredFeedback> correction) {
    super(new DecayedSums(halfLifeMicros, 4, 10));
    this.normaliser = normaliser;
    this.correction = correction;
  }

  @Override
  void add(ScoredFeedback f, long timeMicros) {
    double m = f.modelValue();
    double x = normaliser.applyAsDouble(f);
    double y = correction.applyAsDouble(f);
    sums.event(timeMicros);
    sums.addFirst(0, 1);
    sums.addFirst(1, m);
    sums.addFirst(2, x);
    sums.addFirst(3, y);
    sums.addSecond(0, 1);
    sums.addSecond(1, m);
    sums.addSecond(2, m * m);
    sums.addSecond(3, x);
    sums.addSecond(4, y);
    sums.addSecond(5, m * x);
    sums.addSecond(6, m * y);
    sums.addSecond(7, x * x);
    sums.addSecond(8, x * y);
    sums.addSecond(9, y * y);
  }

  @Override
  PointEstimate estimate(long n) {
    double sum = sums.first(0);
    double sumX = sums.first(2);
    if (sumX == 0) {
      return PointEstimate.none(n);
    }
    double mean = sums.first(1) / sum;
    double c = sums.first(3) / sumX;
    if (n == 1) {
      return PointEstimate.of(n, mean + c);
    }
    double model = sums.second(2) - 2 * mean * sums.second(1) + mean * mean * sums.second(0);
    double cross =
        sums.second(6) - c * sums.second(5) - mean * (sums.second(4) - c * sums.second(3));
    double residual = sums.second(9) - 2 * c * sums.second(8) + c * c * sums.second(7);
    double variance = model / sum / sum + 2 * cross / sum / sumX + residual / sumX / sumX;
    return PointEstimate.of(n, mean + c, variance);
  }

  @Override
  double effectiveSampleSize() {
    return effective(sums.first(2), sums.second(7));
  }
}
