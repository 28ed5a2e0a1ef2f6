package hindcast.estimator;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How far the estimators of one policy are apart on the same events, in units of their standard
 * errors.
 *
 * <pre>
 * D = (max v_k - min v_k) / sqrt(mean se_k^2)
 * </pre>
 *
 * <p>over the estimators k that are supported, have a standard error above 0 and estimate the value
 * without being too low on purpose ({@link Usage#GATE}, {@link Usage#VALUE}). Absent where these
 * are fewer than two.
 *
 * <p>They see the same events, so their errors go together: D is no z-score. Where propensities are
 * right and support is ample it is usually below 1; well above 2 says that caps bite, that the
 * weights do not average 1, or that a model is wrong: estimators then answer different questions.
 */
public final class Disagreement {
  private Disagreement() {}

  /** D of the estimates of one policy. */
  public static OptionalDouble of(List<EstimateSet.Line> lines) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double squares = 0;
    int count = 0;
    for (EstimateSet.Line line : lines) {
      Estimate estimate = line.estimate();
      double error = estimate.standardError().orElse(0);
      if (counts(line) && estimate.value().isPresent() && error > 0) {
        low = Math.min(low, estimate.value().getAsDouble());
        high = Math.max(high, estimate.value().getAsDouble());
        squares += error * error;
        count++;
      }
    }
    return count < 2
        ? OptionalDouble.empty()
        : OptionalDouble.of((high - low) / Math.sqrt(squares / count));
  }

  private static boolean counts(EstimateSet.Line line) {
    Usage usage = line.spec().method().usage();
    return line.estimate().supported() && (usage == Usage.GATE || usage == Usage.VALUE);
  }
}
