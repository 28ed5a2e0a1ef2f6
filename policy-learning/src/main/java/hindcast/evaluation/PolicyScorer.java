package hindcast.evaluation;

import hindcast.feedback.LoggedFeedback;

/** A frozen version of a policy that can say how likely it would have shown the logged item. */
@FunctionalInterface
public interface PolicyScorer {
  /**
   * Writes pi(a|x) of the logged action under each form of the policy.
   *
   * @param feedback the logged context and action
   * @param probabilities output, one for each form of the line, each in [0, 1]
   * @return false if the policy is not defined on this context, for example because its dimension
   *     is another
   */
  boolean score(LoggedFeedback feedback, double[] probabilities);
}
