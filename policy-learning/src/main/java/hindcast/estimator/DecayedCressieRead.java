package hindcast.estimator;

/**
 * Decayed {@link CressieRead}: every sum, n included, is the decayed one as of the latest event, so
 * that the unseen event weighs as much as the latest one.
 *
 * <p>No standard error. Sums: {@code d, d w, d w^2, d w r, d w^2 r, d r; d^2}.
 */
final class DecayedCressieRead extends DecayedForm.OfSums {
  private final CressieRead estimator;

  DecayedCressieRead(CressieRead estimator, double halfLifeMicros) {
    super(new DecayedSums(halfLifeMicros, 6, 1));
    this.estimator = estimator;
  }

  @Override
  void add(ScoredFeedback f, long timeMicros) {
    double w = f.weight();
    double r = f.reward();
    sums.event(timeMicros);
    sums.addFirst(0, 1);
    sums.addFirst(1, w);
    sums.addFirst(2, w * w);
    sums.addFirst(3, w * r);
    sums.addFirst(4, w * w * r);
    sums.addFirst(5, r);
    sums.addSecond(0, 1);
  }

  @Override
  PointEstimate estimate(long n) {
    double f = sums.toLatest();
    return PointEstimate.of(
        n,
        estimator.value(
            new CressieRead.Sums(
                f * sums.first(0),
                f * sums.first(1),
                f * sums.first(2),
                f * sums.first(3),
                f * sums.first(4),
                f * sums.first(5))));
  }

  @Override
  double effectiveSampleSize() {
    return effective(sums.first(0), sums.second(0));
  }
}
