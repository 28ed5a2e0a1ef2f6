package hindcast.local.validate;

import hindcast.feedback.LoggedFeedback;
import hindcast.jobs.evaluation.EvaluationSettings.PolicyLine;
import hindcast.jobs.evaluation.FixedPolicies;
import hindcast.policy.GreedySoFar;
import hindcast.policy.LoggingPolicy;
import hindcast.policy.Policy;
import hindcast.policy.UniformPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The policies a log is tried with: those asked for, and four typical ones: {@code logging}, {@code
 * uniform}, {@code greedy} (the best item so far of each segment) and {@code greedy-context} (the
 * best item so far in each context that comes again). The audit looks at the weights of the first
 * three by itself.
 */
final class Policies {
  private static final int MOST_PAIRS = 100_000;
  private static final String GREEDY_CONTEXT = "greedy-context";

  private Policies() {}

  static List<PolicyUse> of(List<PolicyLine> asked, int catalogueSize) {
    Map<String, Policy> typical = new LinkedHashMap<>();
    typical.put("logging", new LoggingPolicy());
    typical.put("uniform", new UniformPolicy(catalogueSize));
    typical.put("greedy", new GreedySoFar(LoggedFeedback::segment, catalogueSize, MOST_PAIRS));
    typical.put(
        GREEDY_CONTEXT, new GreedySoFar(LoggedFeedback::context, catalogueSize, MOST_PAIRS));
    List<PolicyUse> policies = new ArrayList<>();
    for (PolicyLine line : asked) {
      typical.remove(line.id());
      policies.add(new PolicyUse(line.id(), FixedPolicies.of(line, catalogueSize), true, true));
    }
    typical.forEach(
        (name, policy) ->
            policies.add(new PolicyUse(name, policy, false, name.equals(GREEDY_CONTEXT))));
    return policies;
  }
}
