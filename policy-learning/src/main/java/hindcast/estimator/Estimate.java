package hindcast.estimator;

import hindcast.feedback.RewardRange;
import hindcast.interval.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The estimated value of a policy with everything needed to judge it. What is undefined is absent:
 * NaN never leaves.
 *
 * @param value estimated value; absent where undefined
 * @param standardError its standard error; absent where undefined
 * @param lower lower end of the 95 % interval; absent without support
 * @param upper upper end of the 95 % interval; absent without support
 * @param n events
 * @param effectiveSampleSize {@code (sum w)^2 / sum w^2}
 * @param rewardedEffectiveSampleSize {@code (sum wr)^2 / sum (wr)^2}
 * @param largestWeight max w
 * @param meanWeight mean w: about 1 where propensities are right; absent without events
 * @param largestWeightShare share of the largest event in sum w
 * @param largestRewardedShare share of the largest event in sum wr
 * @param supported whether the data carry an interval, by {@link SupportRule}
 */
public record Estimate(
    OptionalDouble value,
    OptionalDouble standardError,
    OptionalDouble lower,
    OptionalDouble upper,
    long n,
    double effectiveSampleSize,
    double rewardedEffectiveSampleSize,
    double largestWeight,
    OptionalDouble meanWeight,
    double largestWeightShare,
    double largestRewardedShare,
    boolean supported) {

  static Estimate of(PointEstimate point, WeightMoments weights, SupportRule rule) {
    boolean supported = rule.supports(weights);
    Optional<Interval> interval = supported ? point.interval() : Optional.empty();
    return new Estimate(
        point.value(),
        point.standardError(),
        interval.map(i -> OptionalDouble.of(i.lower())).orElse(OptionalDouble.empty()),
        interval.map(i -> OptionalDouble.of(i.upper())).orElse(OptionalDouble.empty()),
        point.n(),
        weights.effectiveSampleSize(),
        weights.rewardedEffectiveSampleSize(),
        weights.largestWeight(),
        weights.n() == 0 ? OptionalDouble.empty() : OptionalDouble.of(weights.moments().meanX()),
        weights.largestWeightShare(),
        weights.largestRewardedShare(),
        supported);
  }

  /** The same estimate in the user's unit of reward. */
  public Estimate toUser(RewardRange range) {
    return new Estimate(
        map(value, range),
        standardError.isPresent()
            ? OptionalDouble.of(standardError.getAsDouble() * range.scale())
            : standardError,
        map(lower, range),
        map(upper, range),
        n,
        effectiveSampleSize,
        rewardedEffectiveSampleSize,
        largestWeight,
        meanWeight,
        largestWeightShare,
        largestRewardedShare,
        supported);
  }

  private static OptionalDouble map(OptionalDouble x, RewardRange range) {
    return x.isPresent() ? OptionalDouble.of(range.toUser(x.getAsDouble())) : x;
  }
}
