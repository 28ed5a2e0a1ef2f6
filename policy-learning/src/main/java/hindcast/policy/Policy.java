package hindcast.policy;

import hindcast.feedback.LoggedFeedback;

/** A rule that shows items at random, seen through the feedback of another: π(a|x). */
public interface Policy {
  /**
   * π(a|x) of the feedback's item in its context, in [0, 1]; 0 for an item the policy never shows.
   */
  double probability(LoggedFeedback feedback);
}
