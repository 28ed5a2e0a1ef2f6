package hindcast.estimator;

import hindcast.numeric.CoMoments;
import hindcast.numeric.CompensatedSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;

/**
 * The sums from which all ratio-type estimators and the support diagnostics follow.
 *
 * <p>With w the importance weight and r the reward: n, sum w, sum wr, sum w^2, sum w^2 r, sum w^2
 * r^2, max w, max wr and sum r. The second-order sums are kept as co-moments of (w, wr), which do
 * not cancel. Mergeable; events may be added in any order.
 *
 * <ul>
 *   <li>effective sample size {@code (sum w)^2 / sum w^2}, 0 when all weights are 0;
 *   <li>rewarded effective sample size {@code (sum wr)^2 / sum (wr)^2}, 0 without weighted reward;
 *   <li>weight check {@code z = (mean w - 1) / sqrt(var(w) / n)}: about N(0, 1) when propensities
 *       are right, alarming beyond 4.
 * </ul>
 *
 * <p>Effective sample size: Kong, A Note on Importance Sampling using Standardized Weights,
 * University of Chicago, Technical Report 348, 1992, as n / (1 + squared coefficient of variation).
 */
public final class WeightMoments {
  private final CoMoments moments = new CoMoments();
  private final CompensatedSum rewards = new CompensatedSum();
  private double largestWeight;
  private double largestWeightedReward;

  /** Adds one event: its weight w and reward r. */
  public void add(double weight, double reward) {
    double weighted = weight * reward;
    moments.add(weight, weighted);
    rewards.add(reward);
    largestWeight = Math.max(largestWeight, weight);
    largestWeightedReward = Math.max(largestWeightedReward, weighted);
  }

  /** Adds all events of the other instance. */
  public void merge(WeightMoments other) {
    moments.merge(other.moments);
    rewards.merge(other.rewards);
    largestWeight = Math.max(largestWeight, other.largestWeight);
    largestWeightedReward = Math.max(largestWeightedReward, other.largestWeightedReward);
  }

  /** Moments of the pairs (w, wr). */
  public CoMoments moments() {
    return moments;
  }

  /** n. */
  public long n() {
    return moments.n();
  }

  /** {@code sum r}. */
  public double sumReward() {
    return rewards.value();
  }

  /** max w; 0 when there is no event. */
  public double largestWeight() {
    return largestWeight;
  }

  /** {@code (sum w)^2 / sum w^2}. */
  public double effectiveSampleSize() {
    return effective(moments.sumX(), moments.sumXX());
  }

  /** {@code (sum wr)^2 / sum (wr)^2}. */
  public double rewardedEffectiveSampleSize() {
    return effective(moments.sumY(), moments.sumYY());
  }

  /** Share of the largest event in sum w. */
  public double largestWeightShare() {
    return largestWeight == 0 ? 0 : Math.min(1, largestWeight / moments.sumX());
  }

  /** Share of the largest event in sum wr. */
  public double largestRewardedShare() {
    return largestWeightedReward == 0 ? 0 : Math.min(1, largestWeightedReward / moments.sumY());
  }

  /**
   * {@code max(0, 1 - mean w)}: the share of the policy's mass on items that the log never shows,
   * for E[w] is the mass on those it does. Absent without events. Wrong propensities move it too.
   */
  public OptionalDouble unsupportedMass() {
    return n() == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.max(0, 1 - moments.meanX()));
  }

  /**
   * z of the weight check; 0 when it cannot be judged: fewer than two events or equal weights of 1.
   * Equal weights other than 1 give an infinite z.
   */
  public double weightCheck() {
    long n = moments.n();
    double excess = moments.meanX() - 1;
    if (n < 2 || excess == 0) {
      return 0;
    }
    return excess / Math.sqrt(moments.mxx() / (n - 1) / n);
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    moments.write(out);
    rewards.write(out);
    out.writeDouble(largestWeight);
    out.writeDouble(largestWeightedReward);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    moments.read(in);
    rewards.read(in);
    largestWeight = in.readDouble();
    largestWeightedReward = in.readDouble();
  }

  private static double effective(double sum, double squares) {
    return squares == 0 ? 0 : sum * sum / squares;
  }
}
