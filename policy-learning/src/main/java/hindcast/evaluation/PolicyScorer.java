package hindcast.evaluation;

import hindcast.feedback.LoggedFeedback;
import java.util.List;

/**
 * A frozen version of a policy that says how likely it would have shown the logged items of a
 * minibatch. What it says of a minibatch is a function of the minibatch alone. Not safe for use by
 * several threads.
 */
@FunctionalInterface
public interface PolicyScorer {
  /**
   * Fills in π(a|x) of every logged item under each form of the policy. An event the policy is not
   * defined on, for example because its context has another dimension, is left undefined.
   *
   * @param minibatch logged contexts and items, in order
   * @param scores receives the probabilities; reset to the size of the minibatch, all undefined
   */
  void score(List<LoggedFeedback> minibatch, PolicyScores scores);

  /** A policy with one form that looks at one event at a time. */
  @FunctionalInterface
  interface OfEvent {
    /** π(a|x) of the logged item, in [0, 1]. */
    double probability(LoggedFeedback feedback);
  }

  /** A scorer that asks for one event after the other. */
  static PolicyScorer eventByEvent(OfEvent policy) {
    return (minibatch, scores) -> {
      for (int i = 0; i < minibatch.size(); i++) {
        scores.set(i, 0, policy.probability(minibatch.get(i)));
      }
    };
  }
}
