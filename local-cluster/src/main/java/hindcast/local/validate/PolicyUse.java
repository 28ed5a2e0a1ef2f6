package hindcast.local.validate;

import hindcast.audit.LogAudit;
import hindcast.audit.TrafficNeeded;
import hindcast.estimator.Estimate;
import hindcast.estimator.EstimateSet;
import hindcast.estimator.EstimatorSpec;
import hindcast.estimator.ScoredFeedback;
import hindcast.estimator.SupportRule;
import hindcast.feedback.LoggedFeedback;
import hindcast.feedback.RewardRange;
import hindcast.policy.GreedySoFar;
import hindcast.policy.Policy;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a log is good for with one policy: importance weights, value, and how much more traffic a
 * difference to the logging policy needs.
 */
final class PolicyUse {
  private static final EstimatorSpec VALUE = EstimatorSpec.parse("SNIPS");
  private static final double LEVEL = 0.05;
  private static final double POWER = 0.8;

  private final String name;
  private final Policy policy;
  private final boolean asked;
  private final boolean audited;
  private final EstimateSet estimates = EstimateSet.of(List.of(VALUE));
  private final TrafficNeeded traffic = new TrafficNeeded();
  private final ScoredFeedback scored = new ScoredFeedback();
  private long refused;

  /**
   * @param asked whether the user asked for this policy
   * @param audited whether the audit is told its weights
   */
  PolicyUse(String name, Policy policy, boolean asked, boolean audited) {
    this.name = name;
    this.policy = policy;
    this.asked = asked;
    this.audited = audited;
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
    estimates.add(scored);
    traffic.add(scored.weight(), feedback.reward());
    if (audited) {
      audit.addPolicy(name, scored.weight(), feedback.reward());
    }
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
   * Outcomes needed to tell this policy's value from the logging policy's, at level .05 with power
   * .8; absent where it cannot be said, as for a policy whose weights are all 1.
   *
   * @param least the difference, in the user's unit; not above 0: unknown
   */
  OptionalLong eventsFor(double least, RewardRange range) {
    double unit = least / range.scale();
    if (!(unit > 0 && unit <= 1) || traffic.n() == 0) {
      return OptionalLong.empty();
    }
    double events = traffic.events(unit, LEVEL, POWER).orElse(1);
    return events > 1 ? OptionalLong.of((long) events) : OptionalLong.empty();
  }
}
