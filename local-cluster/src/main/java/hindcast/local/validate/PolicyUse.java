package hindcast.local.validate;

import hindcast.audit.LogAudit;
import hindcast.estimator.Estimate;
import hindcast.estimator.EstimateSet;
import hindcast.estimator.EstimatorSpec;
import hindcast.estimator.PairedDifference;
import hindcast.estimator.ScoredFeedback;
import hindcast.estimator.SupportRule;
import hindcast.feedback.LoggedFeedback;
import hindcast.feedback.RewardRange;
import hindcast.interval.SampleSize;
import hindcast.policy.GreedySoFar;
import hindcast.policy.Policy;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a log is good for with one policy: importance weights, value, and how much more traffic a
 * difference to the logging policy needs.
 */
final class PolicyUse {
  private static final EstimatorSpec DIFFERENCE = EstimatorSpec.parse("IPS");
  private static final EstimatorSpec VALUE = EstimatorSpec.parse("SNIPS");

  private final String name;
  private final Policy policy;
  private final boolean asked;
  private final EstimateSet estimates = EstimateSet.of(List.of(VALUE));
  private final PairedDifference difference = new PairedDifference(DIFFERENCE);
  private final ScoredFeedback scored = new ScoredFeedback();
  private final ScoredFeedback onPolicy = new ScoredFeedback();
  private long refused;

  /**
   * @param asked whether the user asked for this policy
   */
  PolicyUse(String name, Policy policy, boolean asked) {
    this.name = name;
    this.policy = policy;
    this.asked = asked;
  }

  String name() {
    return name;
  }

  boolean isAsked() {
    return asked;
  }

  /** Takes an outcome with a logged propensity. */
  void add(LoggedFeedback feedback, LogAudit audit) {
    double propensity = feedback.propensity().value();
    double probability = policy.probability(feedback);
    if (policy instanceof GreedySoFar greedy) {
      greedy.add(feedback);
    }
    if (probability / propensity > ScoredFeedback.LARGEST_WEIGHT) {
      refused++;
      return;
    }
    scored.set(probability, propensity, feedback.reward());
    onPolicy.set(propensity, propensity, feedback.reward());
    estimates.add(scored);
    difference.add(scored, onPolicy);
    audit.addPolicy(name, scored.weight(), feedback.reward());
  }

  /** Outcomes whose weight was too large to be used. */
  long refused() {
    return refused;
  }

  /** The value by SNIPS, in the user's unit. */
  Estimate value(SupportRule rule, RewardRange range) {
    return estimates.estimates(rule).get(0).estimate().toUser(range);
  }

  /**
   * Outcomes needed to tell this policy's value from the logging policy's; absent where it cannot
   * be said.
   *
   * @param least the difference, in the user's unit; not above 0: unknown
   */
  OptionalLong eventsFor(double least, RewardRange range) {
    OptionalDouble error = difference.estimate().standardError();
    if (!(least > 0) || error.isEmpty() || error.getAsDouble() == 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        SampleSize.events(estimates.n(), error.getAsDouble() * range.scale(), least));
  }
}
