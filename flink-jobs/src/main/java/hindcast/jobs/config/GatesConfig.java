package hindcast.jobs.config;

import java.time.Duration;
import java.util.List;

/** Section {@code gates}: what a candidate must show before it may replace the logging policy. */
public record GatesConfig(
    @Key(
            value = "[]",
            rule = Rule.NOT_BLANK,
            doc =
                "Policies with a gate: an id, or id/form for a form of a learned one. Every version"
                    + " that is evaluated is a candidate.")
        List<String> policies,
    @Key(
            value = "0.05",
            rule = Rule.BETWEEN_ZERO_AND_ONE,
            doc =
                "Error budget of each gate: level of its intervals over all its candidates and all"
                    + " times together.")
        double alpha,
    @Key(
            value = "0",
            rule = Rule.NOT_NEGATIVE,
            doc = "How much better than the logging policy it must be, in the user's unit.")
        double margin,
    @Key(
            value = "0.5",
            rule = Rule.BETWEEN_ZERO_AND_ONE,
            doc = "Planned A/B test: share of its traffic that goes to the candidate.")
        double testShare,
    @Key(
            value = "0",
            rule = Rule.NOT_NEGATIVE,
            doc = "Its size, impressions of both arms. 0: by test-duration.")
        double testSize,
    @Key(
            value = "14d",
            rule = Rule.POSITIVE,
            doc = "Its duration, in traffic like the log's. Not used where test-size is given.")
        Duration testDuration,
    @Key(value = "[1d, 7d, 28d]", rule = Rule.POSITIVE, doc = "Other durations to forecast it for.")
        List<Duration> horizons,
    @Key(
            value = "0",
            rule = Rule.NOT_NEGATIVE,
            doc = "Uplift it must show, relative: 0.02 for 2 %.")
        double testUplift,
    @Key(
            value = "0.05",
            rule = Rule.BETWEEN_ZERO_AND_ONE,
            doc = "Its significance, one-sided, at most 0.5.")
        double testSignificance,
    @Key(
            value = "0.8",
            rule = Rule.ZERO_TO_ONE,
            doc = "Smallest probability that it succeeds, below 1. 0: not asked for.")
        double successLevel,
    @Key(
            value = "0",
            rule = Rule.NOT_NEGATIVE,
            doc =
                "Standard deviation of candidates' true differences, in the user's unit, as earlier"
                    + " tests measured it: estimates are shrunk by it. 0: not known, no shrinkage.")
        double priorSd,
    @Key(value = "0", doc = "Their mean, in the user's unit.") double priorMean,
    @Key(
            value = "300",
            rule = Rule.NOT_NEGATIVE,
            doc = "Smallest rewarded effective sample size (sum wr)^2 / sum (wr)^2.")
        double minimumRewardedEffectiveSampleSize,
    @Key(
            value = "0.05",
            rule = Rule.ABOVE_ZERO_TO_ONE,
            doc = "Largest share of a single event in sum wr or sum w.")
        double maximumEventShare,
    @Key(
            value = "4",
            rule = Rule.POSITIVE,
            doc = "Largest |z| of the mean weight's distance from 1.")
        double largestWeightCheck,
    @Key(
            value = "1d",
            rule = Rule.POSITIVE,
            doc = "Largest age of the newest outcome of a candidate, in event time.")
        Duration maximumAge,
    @Key(
            value = "false",
            doc = "Whether a gate that says promote also commands it, on [policy-control].")
        boolean automatic) {

  public GatesConfig {
    policies = List.copyOf(policies);
    horizons = List.copyOf(horizons);
    Repeats.refuse("policies", policies);
    if (testSignificance > 0.5) {
      throw new IllegalArgumentException(
          "test-significance: " + testSignificance + ": must be at most 0.5: the default is 0.05");
    }
    if (successLevel >= 1) {
      throw new IllegalArgumentException(
          "success-level: " + successLevel + ": must be below 1: the default is 0.8");
    }
    if (testSize > 0 && testSize < 2) {
      throw new IllegalArgumentException(
          "test-size: " + testSize + ": must be at least 2, or 0 to go by test-duration");
    }
  }
}
