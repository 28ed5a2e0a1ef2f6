package hindcast.jobs.config;

import java.time.Duration;
import java.util.List;

/** Section {@code alerts}: what is watched, how surely, and where alerts are delivered to. */
public record AlertsConfig(
    @Key(
            value = "[]",
            rule = Rule.NOT_BLANK,
            doc =
                "Policies that are watched: an id, or id/form for a form of a learned one, as in the"
                    + " estimates (softmax is the id alone).")
        List<String> watched,
    @Key(
            value = "0.05",
            rule = Rule.BETWEEN_ZERO_AND_ONE,
            doc =
                "Chance of ever raising a false alarm, for each watched policy, and for all versions"
                    + " that are ever deployed together.")
        double alpha,
    @Key(
            value = "0",
            rule = Rule.NOT_NEGATIVE,
            doc =
                "How much worse than the logging policy, the champion or the promised value is still"
                    + " accepted, in the user's unit.")
        double toleratedDrop,
    @Key(
            value = "true",
            doc =
                "Whether the deployed policy is watched on its own traffic, and critical findings,"
                    + " stale checkpoints and stalled rewards raise alerts.")
        boolean enabled,
    @Key(
            value = "0.1",
            rule = Rule.ABOVE_ZERO_TO_ONE,
            doc =
                "A drop is critical, not a warning, once it is surely this share of the champion's"
                    + " value, or the mean reward is that much below the promised value.")
        double criticalShare,
    @Key(
            value = "10000000",
            rule = Rule.AT_LEAST_ONE,
            doc = "Mean number of impressions between false alarms of sudden changes, at least 10.")
        long changeEvery,
    @Key(
            value = "0.1",
            rule = Rule.BETWEEN_ZERO_AND_ONE,
            doc = "Expected share of false ones among the segments an alert names.")
        double falseDiscoveryRate,
    @Key(
            value = "1000",
            rule = Rule.AT_LEAST_ONE,
            doc = "Impressions a segment needs before an alert may name it.")
        long minimumSegmentEvents,
    @Key(
            value = "1000",
            rule = Rule.AT_LEAST_ONE,
            doc = "Segments that are tested at most; further ones are not.")
        int segments,
    @Key(
            value = "1d",
            rule = Rule.NOT_NEGATIVE,
            doc =
                "Event time without a new version after which a learned policy is stale. 0: never.")
        Duration staleAfter,
    @Key(
            value = "2000",
            rule = Rule.AT_LEAST_ONE,
            doc = "Impressions the usual share with a reward is measured on.")
        long rewardBaseline,
    @Key(value = "[]", doc = "Where hindcast alerts deliver sends alerts to.")
        List<AlertEndpointConfig> endpoints,
    @Key(
            value = "10s",
            rule = Rule.POSITIVE,
            doc = "How long connecting to an endpoint, and its answer, may take each.")
        Duration timeout,
    @Key(
            value = "1min",
            rule = Rule.POSITIVE,
            doc = "Longest pause between two attempts; the first is a second and each doubles.")
        Duration longestPause,
    @Key(
            value = "1d",
            rule = Rule.POSITIVE,
            doc = "An alert that has not arrived after this goes to the dead-letter file.")
        Duration giveUpAfter,
    @Key(
            value = "undelivered-alerts.jsonl",
            rule = Rule.NOT_BLANK,
            doc = "The dead-letter file: one JSON object for each alert and endpoint.")
        String deadLetters) {

  private static final long LEAST_CHANGE_EVERY = 10;

  public AlertsConfig {
    watched = List.copyOf(watched);
    Repeats.refuse("watched", watched);
    endpoints = List.copyOf(endpoints);
    Repeats.refuse("endpoints", endpoints.stream().map(AlertEndpointConfig::id).toList());
    if (changeEvery < LEAST_CHANGE_EVERY) {
      throw new IllegalArgumentException(
          "change-every: " + changeEvery + ": must be at least 10: the default is 10000000");
    }
  }
}
