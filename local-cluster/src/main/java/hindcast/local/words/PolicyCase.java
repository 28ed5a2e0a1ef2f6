package hindcast.local.words;

import hindcast.avro.ValueEstimate;
import hindcast.estimator.Estimate;
import hindcast.gate.TestForecast;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of one policy as a whole.
 *
 * @param estimate the estimate it is judged by
 * @param points how that came about, in order of time; empty where no windows were stored
 * @param learning value over optimiser steps; empty for what is not learned
 * @param forecast of the planned A/B test against the logging policy, rewards in [0, 1]; empty for
 *     the logging policy, without support, and where the length of the test is not known
 */
public record PolicyCase(
    ValueEstimate estimate,
    List<LinePoint> points,
    List<LearningPoint> learning,
    Optional<TestForecast> forecast) {
  /**
   * What was learned after some steps.
   *
   * @param steps optimiser steps before the impressions
   * @param estimate over the impressions between the next version and the one before, in the user's
   *     unit
   */
  public record LearningPoint(long steps, Estimate estimate) {}

  /** The policy that made the log. */
  public static final String LOGGING = "logging";

  public PolicyCase {
    points = List.copyOf(points);
    learning = List.copyOf(learning);
  }

  /** Its name. */
  public String policy() {
    return estimate.getPolicy();
  }

  /** Whether it made the log. */
  public boolean isLogging() {
    return policy().equals(LOGGING);
  }

  /** Whether an interval may be stated: the log supports it and does not contradict itself. */
  public boolean isSound() {
    return estimate.getUnreliable().isEmpty()
        && estimate.getSupported()
        && estimate.getLower() != null;
  }

  /** Whether its difference to the logging policy may be stated. */
  public boolean isCompared() {
    return isSound() && !isLogging() && estimate.getDifferenceLower() != null;
  }
}
