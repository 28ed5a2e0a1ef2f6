package hindcast.regression;

/**
 * How a deployed policy is tested.
 *
 * <p>{@link #CHAMPION_SHARE} of alpha goes to the comparison with the champion, whose noise is the
 * smaller one, the rest to the promised value; both tests together raise a false alarm with
 * probability alpha at most. The mean time between false alarms of sudden changes is {@code
 * changeEvery} events for both streams together.
 *
 * @param toleratedDrop drop of the value that is accepted, of rewards in [0, 1], in [0, 1)
 * @param alpha probability that a policy without such a drop is ever called a regression, in (0, 1)
 * @param changeEvery mean number of events between false alarms of sudden changes, above 2
 */
public record RegressionSettings(double toleratedDrop, double alpha, double changeEvery) {
  /** The part of alpha that is spent on the comparison with the champion. */
  public static final double CHAMPION_SHARE = 0.9;

  public RegressionSettings {
    if (!(toleratedDrop >= 0 && toleratedDrop < 1)) {
      throw new IllegalArgumentException("tolerated drop must be in [0, 1): " + toleratedDrop);
    }
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must be in (0, 1): " + alpha);
    }
    if (!(changeEvery > 2 && changeEvery < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "events between false alarms must be above 2: " + changeEvery);
    }
  }

  double championAlpha() {
    return CHAMPION_SHARE * alpha;
  }

  double promiseAlpha() {
    return (1 - CHAMPION_SHARE) * alpha;
  }

  double changeAlpha() {
    return 1 / (2 * changeEvery);
  }
}
