package hindcast.audit;

import hindcast.numeric.CoMoments;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How much traffic it takes to tell a policy from the logging policy.
 *
 * <p>The paired difference of an event is {@code d = (w - 1) r}, whose mean is V(pi) - V(pi0). A
 * two-sided test at level alpha finds a true difference D with the given power from
 *
 * <pre>
 * n = var(d) (z_(1 - alpha / 2) + z_power)^2 / D^2
 * </pre>
 *
 * <p>events like those of the log, by the normal approximation. The variance is the log's: where
 * few events carry it (little support), n is too small.
 */
public final class TrafficNeeded {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private final CoMoments moments = new CoMoments();

  /** Adds one event: weight w of at least 0, reward r in [0, 1]. */
  public void add(double weight, double reward) {
    moments.add((weight - 1) * reward, 0);
  }

  /** Adds all events of the other instance. */
  public void merge(TrafficNeeded other) {
    moments.merge(other.moments);
  }

  /** Events so far. */
  public long n() {
    return moments.n();
  }

  /** Estimated difference to the logging policy; 0 without events. */
  public double difference() {
    return moments.meanX();
  }

  /**
   * Events needed in all, at least 1; empty with fewer than two events.
   *
   * @param difference D, the true difference to be found, in (0, 1]
   * @param alpha level, in (0, 1)
   * @param power in (alpha, 1)
   */
  public OptionalDouble events(double difference, double alpha, double power) {
    if (!(difference > 0 && difference <= 1)) {
      throw new IllegalArgumentException("difference must be in (0, 1]: " + difference);
    }
    if (!(alpha > 0 && alpha < power && power < 1)) {
      throw new IllegalArgumentException(
          "level and power must be in (0, 1), the level below the power: " + alpha + ", " + power);
    }
    if (moments.n() < 2) {
      return OptionalDouble.empty();
    }
    double z =
        NORMAL.inverseSurvivalProbability(alpha / 2) + NORMAL.inverseCumulativeProbability(power);
    double variance = moments.mxx() / (moments.n() - 1);
    return OptionalDouble.of(
        Math.max(1, Math.ceil(variance * (z / difference) * (z / difference))));
  }
}
