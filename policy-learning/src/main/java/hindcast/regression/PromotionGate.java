package hindcast.regression;

import hindcast.estimator.WeightMoments;
import hindcast.interval.DifferenceSequence;
import hindcast.interval.Interval;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Decides, at any time, whether a policy is good enough to be promoted over the logging policy.
 *
 * <ul>
 *   <li>{@link Verdict#UNRELIABLE}: the weight check is off by more than the limit; propensities
 *       are wrong and nothing else counts;
 *   <li>{@link Verdict#PROMOTE}: the lower end of the anytime interval of {@code Delta = V(pi) -
 *       V(pi0)} is above the margin and the effective sample size is a large enough share of n;
 *   <li>{@link Verdict#WORSE}: the upper end is below 0;
 *   <li>{@link Verdict#WAIT}: none of these.
 * </ul>
 *
 * <p>The probability of ever promoting a policy whose difference is not above the margin is at most
 * alpha / 2. Events must come in order; states do not merge.
 */
public final class PromotionGate {
  /** What the gate says. */
  public enum Verdict {
    /** Not enough is known. */
    WAIT,
    /** Better by more than the margin. */
    PROMOTE,
    /** Worse than the logging policy. */
    WORSE,
    /** The propensities cannot be right. */
    UNRELIABLE
  }

  /**
   * The rule of a gate.
   *
   * @param alpha level of the interval, in (0, 1)
   * @param margin difference that must be exceeded, at least 0
   * @param minimumEffectiveShare smallest ESS / n, in [0, 1)
   * @param largestWeightCheck largest |z| of the weight check, above 0; usually 4
   */
  public record Rule(
      double alpha, double margin, double minimumEffectiveShare, double largestWeightCheck) {
    public Rule {
      if (!(alpha > 0 && alpha < 1)) {
        throw new IllegalArgumentException("alpha must be in (0, 1): " + alpha);
      }
      if (!(margin >= 0 && margin < 1)) {
        throw new IllegalArgumentException("margin must be in [0, 1): " + margin);
      }
      if (!(minimumEffectiveShare >= 0 && minimumEffectiveShare < 1)) {
        throw new IllegalArgumentException(
            "minimum share of effective samples must be in [0, 1): " + minimumEffectiveShare);
      }
      if (!(largestWeightCheck > 0)) {
        throw new IllegalArgumentException(
            "largest weight check must be above 0: " + largestWeightCheck);
      }
    }
  }

  private final Rule rule;
  private final DifferenceSequence difference;
  private final WeightMoments weights = new WeightMoments();

  /** A gate without events. */
  public PromotionGate(Rule rule) {
    this.rule = rule;
    difference = new DifferenceSequence(rule.alpha());
  }

  /** Adds one event: weight w of at least 0, reward r in [0, 1]. */
  public void add(double weight, double reward) {
    difference.add(weight, reward);
    weights.add(weight, reward);
  }

  /** The verdict now. */
  public Verdict verdict() {
    if (weights.n() == 0) {
      return Verdict.WAIT;
    }
    if (Math.abs(weights.weightCheck()) > rule.largestWeightCheck()) {
      return Verdict.UNRELIABLE;
    }
    Interval delta = difference.interval();
    if (delta.upper() < 0) {
      return Verdict.WORSE;
    }
    boolean supported = weights.effectiveSampleSize() > rule.minimumEffectiveShare() * weights.n();
    return supported && delta.lower() > rule.margin() ? Verdict.PROMOTE : Verdict.WAIT;
  }

  /** The anytime interval of the difference. */
  public Interval difference() {
    return difference.interval();
  }

  /** Writes the complete state; the rule is not part of it. */
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
