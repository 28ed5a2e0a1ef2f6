package hindcast.jobs.config;

import java.time.Duration;
import java.util.List;

/** Section {@code evaluation}: which policies are valued, by which estimators. */
public record EvaluationConfig(
    @Key(
            value = "10s",
            rule = Rule.NOT_NEGATIVE,
            doc = "Event time between two estimates of everything. 0: only at the end.")
        Duration reportEvery,
    @Key(
            value = "[IPS, \"CIPS_CAP:cap=10\", SNIPS]",
            rule = Rule.ESTIMATOR,
            doc = "The estimators, NAME or NAME:parameter=value.")
        List<String> estimators,
    @Key(
            value = "[{id: uniform, kind: uniform}, {id: logging, kind: logging}]",
            doc = "Policies that are evaluated beside the learned ones.")
        List<EvaluatedPolicyConfig> policies,
    @Key(
            value = "4",
            rule = Rule.AT_LEAST_ONE,
            doc =
                "Versions of one policy line that are evaluated at the same time, each form alike.")
        int maxOpenVersions,
    @Key(
            value = "20",
            rule = Rule.AT_LEAST_ONE,
            doc =
                "Policies that are evaluated at the same time over all lines: what the lines"
                    + " themselves leave is shared out evenly as open versions of the learned ones.")
        int maxOpenPolicies,
    @Key(
            value = "1h",
            rule = Rule.POSITIVE,
            doc =
                "Length of the tumbling windows whose statistics are stored: a whole multiple of"
                    + " learning.window.")
        Duration window,
    @Key(
            value = "1d",
            rule = Rule.POSITIVE,
            doc = "Length of the windows that old ones are compacted to: a multiple of window.")
        Duration compactedWindow,
    @Key(
            value = "7d",
            rule = Rule.NOT_NEGATIVE,
            doc = "How old a compacted window is when the short ones in it are dropped.")
        Duration compactAfter,
    @Key(
            value = "1d",
            rule = Rule.NOT_NEGATIVE,
            doc = "Half-life of the decayed values. 0: there are none.")
        Duration halfLife,
    @Key(
            value = "6",
            rule = Rule.AT_LEAST_ONE,
            doc = "How many whole windows the sliding value is over.")
        int slidingWindows,
    @Key(value = "true", doc = "Whether each segment gets estimates of its own.") boolean bySegment,
    @Key(
            value = "300",
            rule = Rule.NOT_NEGATIVE,
            doc = "Below this (sum wr)^2 / sum (wr)^2 no interval is shown: too little support.")
        double minimumRewardedEffectiveSampleSize,
    @Key(
            value = "0.05",
            rule = Rule.ABOVE_ZERO_TO_ONE,
            doc = "Nor where a single event holds more than this share of sum wr.")
        double maximumEventShare) {

  public EvaluationConfig {
    estimators = List.copyOf(estimators);
    policies = List.copyOf(policies);
    Repeats.refuse("estimators", estimators);
    Repeats.refuse("policies", policies.stream().map(EvaluatedPolicyConfig::id).toList());
  }
}
