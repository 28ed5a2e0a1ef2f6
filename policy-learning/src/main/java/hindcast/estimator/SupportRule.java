package hindcast.estimator;

/**
 * When the data carry an interval at all.
 *
 * <p>Supported means: rewarded effective sample size at least the minimum, and no single event
 * holds more than the maximum share of sum wr or of sum w. Below that a normal interval looks
 * confident and is not; "too little support" is shown instead.
 *
 * @param minimumRewardedEffectiveSampleSize at least 0; default 300
 * @param maximumEventShare in (0, 1]; default 0.05
 */
public record SupportRule(double minimumRewardedEffectiveSampleSize, double maximumEventShare) {
  /** 300 and 5 %. */
  public static final SupportRule DEFAULT = new SupportRule(300, 0.05);

  /** What is shown in place of an interval. */
  public static final String TOO_LITTLE_SUPPORT = "too little support";

  public SupportRule {
    if (!(minimumRewardedEffectiveSampleSize >= 0)) {
      throw new IllegalArgumentException(
          "minimum rewarded effective sample size must be at least 0: "
              + minimumRewardedEffectiveSampleSize);
    }
    if (!(maximumEventShare > 0 && maximumEventShare <= 1)) {
      throw new IllegalArgumentException(
          "maximum share of one event must be in (0, 1]: " + maximumEventShare);
    }
  }

  /** Whether these weights carry an interval. */
  public boolean supports(WeightMoments weights) {
    return weights.rewardedEffectiveSampleSize() >= minimumRewardedEffectiveSampleSize
        && weights.largestRewardedShare() <= maximumEventShare
        && weights.largestWeightShare() <= maximumEventShare
        && weights.n() > 1;
  }
}
