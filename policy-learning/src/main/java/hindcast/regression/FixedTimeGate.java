package hindcast.regression;

import hindcast.estimator.EstimatorSpec;
import hindcast.estimator.PairedDifference;
import hindcast.estimator.PointEstimate;
import hindcast.estimator.ScoredFeedback;
import hindcast.estimator.SupportRule;
import hindcast.estimator.WeightMoments;
import hindcast.interval.Interval;
import hindcast.interval.NormalInterval;
import hindcast.regression.PromotionGate.Rule;
import hindcast.regression.PromotionGate.Verdict;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Decides at one time that was fixed beforehand whether a policy is good enough to be promoted: by
 * the normal interval of the paired difference of an estimator, which with a good reward model is
 * narrower than the anytime interval of {@link PromotionGate}.
 *
 * <p>Only estimators whose {@code Usage} allows gates are accepted; of those the means have a
 * paired difference: IPS and DR. Verdicts as {@link PromotionGate}, with {@link
 * SupportRule#DEFAULT} in addition to the share of effective samples. Asking again and again until
 * it promotes is what {@link PromotionGate} is for. Mergeable.
 */
public final class FixedTimeGate {
  private final Rule rule;
  private final PairedDifference difference;
  private final WeightMoments weights = new WeightMoments();

  /**
   * A gate without events.
   *
   * @param estimator IPS or DR
   */
  public FixedTimeGate(Rule rule, EstimatorSpec estimator) {
    if (!estimator.method().usage().allowsGates()) {
      throw new IllegalArgumentException(
          "a gate may not rest on "
              + estimator
              + ", whose use is "
              + estimator.method().usage()
              + "; use IPS or DR");
    }
    this.rule = rule;
    difference = new PairedDifference(estimator);
  }

  /** Adds one event as the policy sees it, and as the logging policy does (pi = p, weight 1). */
  public void add(ScoredFeedback policy, ScoredFeedback logging) {
    difference.add(policy, logging);
    weights.add(policy.weight(), policy.reward());
  }

  /** Adds all events of a gate with the same rule and estimator. */
  public void merge(FixedTimeGate other) {
    difference.merge(other.difference);
    weights.merge(other.weights);
  }

  /** The verdict, to be asked for once. */
  public Verdict verdict() {
    if (Math.abs(weights.weightCheck()) > rule.largestWeightCheck()) {
      return Verdict.UNRELIABLE;
    }
    PointEstimate estimate = difference.estimate();
    if (estimate.standardError().isEmpty() || !supported()) {
      return Verdict.WAIT;
    }
    Interval delta =
        NormalInterval.of(
            estimate.value().getAsDouble(),
            estimate.standardError().getAsDouble(),
            1 - rule.alpha());
    if (delta.upper() < 0) {
      return Verdict.WORSE;
    }
    return delta.lower() > rule.margin() ? Verdict.PROMOTE : Verdict.WAIT;
  }

  private boolean supported() {
    return SupportRule.DEFAULT.supports(weights)
        && weights.effectiveSampleSize() > rule.minimumEffectiveShare() * weights.n();
  }

  /** Writes the complete state; rule and estimator are not part of it. */
  public void write(DataOutput out) throws IOException {
    difference.write(out);
    weights.write(out);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    difference.read(in);
    weights.read(in);
  }
}
