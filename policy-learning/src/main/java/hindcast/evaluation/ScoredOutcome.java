package hindcast.evaluation;

import hindcast.estimator.ScoredFeedback;
import hindcast.feedback.LoggedFeedback;
import hindcast.propensity.Propensity;

/**
 * One outcome under one policy, as its estimates receive it. Reused from outcome to outcome: read
 * it, do not keep it.
 */
public final class ScoredOutcome {
  private final ScoredFeedback scored = ScoredFeedback.of(0, 1, 0);
  private String impressionId = "";
  private String segment = "";
  private String itemId = "";
  private long eventTimeMicros;
  private boolean logged;
  private double relativeBias;
  private double newItemMass = Double.NaN;

  ScoredOutcome() {}

  void set(LoggedFeedback outcome, PolicyScores scores, int event, int form) {
    of(outcome.impressionId(), outcome.eventTimeMicros(), outcome.segment());
    itemId = outcome.itemId();
    score(
        scores.probability(event, form),
        outcome.propensity().value(),
        outcome.propensity().uncertainty(),
        outcome.reward());
    quality(scores.relativeBias(event, form), scores.newItemMass(event, form));
    logged = outcome.propensity().source() != Propensity.Source.ESTIMATED;
  }

  void of(String impression, long timeMicros, String inSegment) {
    impressionId = impression;
    eventTimeMicros = timeMicros;
    segment = inSegment;
    itemId = "";
    logged = false;
  }

  void score(double targetProbability, double propensity, double uncertainty, double reward) {
    scored.set(targetProbability, propensity, reward).withUncertainty(uncertainty);
  }

  void quality(double bias, double massOfNewItems) {
    relativeBias = bias;
    newItemMass = massOfNewItems;
  }

  /** The impression. */
  public String impressionId() {
    return impressionId;
  }

  /** When it was shown. */
  public long eventTimeMicros() {
    return eventTimeMicros;
  }

  /** The item it showed; {@code ""} where an earlier outcome is gone through again. */
  public String itemId() {
    return itemId;
  }

  /** Its segment. */
  public String segment() {
    return segment;
  }

  /** What estimators add: π(a|x), the propensity with its uncertainty, the reward. */
  public ScoredFeedback scored() {
    return scored;
  }

  /** Whether the serving system logged the propensity; false where that is not known any more. */
  public boolean isLogged() {
    return logged;
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
