package hindcast.policy;

import hindcast.feedback.LoggedFeedback;

/** The policy that served the feedback: π = π₀, so every importance weight is 1. */
public record LoggingPolicy() implements Policy {
  @Override
  public double probability(LoggedFeedback feedback) {
    if (feedback.propensity() == null) {
      throw new IllegalArgumentException(
          "the logging policy needs a propensity: none (impression "
              + feedback.impressionId()
              + ")");
    }
    return feedback.propensity().value();
  }
}
