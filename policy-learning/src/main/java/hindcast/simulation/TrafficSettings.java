package hindcast.simulation;

/**
 * How a world is served and what goes wrong on the way. Times are in microseconds, shares in [0,
 * 1].
 *
 * <p>Whatever goes wrong leaves the decisions alone: with the same seed, rate and reward times the
 * same impressions are shown and rewarded.
 *
 * @param seed of the traffic; independent of the world's
 * @param impressionsPerSecond mean rate of the valid impressions, a Poisson process
 * @param rewardWindowMicros W, the window the job is configured with
 * @param meanRewardDelayMicros mean of the exponential delay of rewards, before it is cut at W
 * @param lateRewardShare share of rewards that come at W or later, spread evenly over [W, 3W/2)
 * @param transportMicros most of the messages arrive within this time of their event
 * @param maxDisorderMicros every message arrives within this time of its event
 * @param copyShare share of impressions, and of rewards inside the window, that arrive twice
 * @param earlyRewardShare share of rewards inside the window made to arrive before their impression
 * @param brokenShare broken records for each valid impression
 * @param missingPropensityShare share of impressions whose producer does not say p
 */
public record TrafficSettings(
    long seed,
    double impressionsPerSecond,
    long rewardWindowMicros,
    long meanRewardDelayMicros,
    double lateRewardShare,
    long transportMicros,
    long maxDisorderMicros,
    double copyShare,
    double earlyRewardShare,
    double brokenShare,
    double missingPropensityShare) {

  private static final long SECOND = 1_000_000;

  public TrafficSettings {
    require(
        impressionsPerSecond > 0 && impressionsPerSecond < Double.POSITIVE_INFINITY,
        "impressions per second must be finite and above 0: " + impressionsPerSecond);
    require(rewardWindowMicros >= 1, "reward window must be above 0: " + rewardWindowMicros);
    require(meanRewardDelayMicros >= 1, "mean delay must be above 0: " + meanRewardDelayMicros);
    require(transportMicros >= 0, "transport time must be at least 0: " + transportMicros);
    require(
        maxDisorderMicros >= transportMicros,
        "disorder must be at least the transport time, "
            + transportMicros
            + ": "
            + maxDisorderMicros);
    require(lateRewardShare < 1, "late reward share must be below 1: " + lateRewardShare);
    requireShare("late reward", lateRewardShare);
    requireShare("copy", copyShare);
    requireShare("early reward", earlyRewardShare);
    requireShare("broken", brokenShare);
    requireShare("missing propensity", missingPropensityShare);
    require(
        earlyRewardShare == 0
            || (maxDisorderMicros >= 8 && maxDisorderMicros / 2 < rewardWindowMicros),
        "early rewards need a disorder of at least 8 and below 2 x the reward window: "
            + maxDisorderMicros);
  }

  /**
   * The demo's traffic: a window of 10 s, rewards after 2 s on average and 1 % of them late, .1 s
   * of transport, 2 s at most, .5 % copies, .5 % early rewards, .1 % broken, every propensity
   * logged.
   */
  public static TrafficSettings of(long seed, double impressionsPerSecond) {
    return new TrafficSettings(
        seed,
        impressionsPerSecond,
        10 * SECOND,
        2 * SECOND,
        .01,
        SECOND / 10,
        2 * SECOND,
        .005,
        .005,
        .001,
        0);
  }

  /** Same traffic, every message once, whole, in order, and at once; late rewards stay late. */
  public TrafficSettings undisturbed() {
    return new TrafficSettings(
        seed,
        impressionsPerSecond,
        rewardWindowMicros,
        meanRewardDelayMicros,
        lateRewardShare,
        0,
        0,
        0,
        0,
        0,
        0);
  }

  /** Same traffic with another reward window; delays keep their proportion to it. */
  public TrafficSettings withRewardWindow(long micros) {
    double ratio = (double) micros / rewardWindowMicros;
    return new TrafficSettings(
        seed,
        impressionsPerSecond,
        micros,
        Math.max(1, Math.round(meanRewardDelayMicros * ratio)),
        lateRewardShare,
        transportMicros,
        maxDisorderMicros,
        copyShare,
        earlyRewardShare,
        brokenShare,
        missingPropensityShare);
  }

  /** Same traffic where this share of the producers does not log propensities. */
  public TrafficSettings withMissingPropensities(double share) {
    return new TrafficSettings(
        seed,
        impressionsPerSecond,
        rewardWindowMicros,
        meanRewardDelayMicros,
        lateRewardShare,
        transportMicros,
        maxDisorderMicros,
        copyShare,
        earlyRewardShare,
        brokenShare,
        share);
  }

  /** κ, the share of rewards inside the window. */
  public double inWindowShare() {
    return 1 - lateRewardShare;
  }

  private static void requireShare(String name, double share) {
    require(share >= 0 && share <= 1, name + " share must be in [0, 1]: " + share);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
