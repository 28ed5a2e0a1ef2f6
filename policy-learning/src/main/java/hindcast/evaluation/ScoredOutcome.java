package hindcast.evaluation;

import hindcast.estimator.ScoredFeedback;
import hindcast.feedback.LoggedFeedback;

/**
 * One outcome under one policy, as its estimates receive it. Reused from outcome to outcome: read
 * it, do not keep it.
 */
public final class ScoredOutcome {
  private final ScoredFeedback scored = ScoredFeedback.of(0, 1, 0);
  private LoggedFeedback feedback;
  private double relativeBias;
  private double newItemMass = Double.NaN;

  ScoredOutcome() {}

  void set(LoggedFeedback outcome, PolicyScores scores, int event, int form) {
    feedback = outcome;
    scored
        .set(scores.probability(event, form), outcome.propensity().value(), outcome.reward())
        .withUncertainty(outcome.propensity().uncertainty());
    relativeBias = scores.relativeBias(event, form);
    newItemMass = scores.newItemMass(event, form);
  }

  /** The outcome. */
  public LoggedFeedback feedback() {
    return feedback;
  }

  /** What estimators add. */
  public ScoredFeedback scored() {
    return scored;
  }

  /** The relative bias of π(a|x); 0 where it is exact. */
  public double relativeBias() {
    return relativeBias;
  }

  /** The policy's mass on items newer than its log; NaN where it was not measured. */
  public double newItemMass() {
    return newItemMass;
  }
}
