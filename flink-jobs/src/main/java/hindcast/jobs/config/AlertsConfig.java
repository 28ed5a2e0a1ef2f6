package hindcast.jobs.config;

import java.util.List;

/** Section {@code alerts}: the sequential test that a policy is worse than the logging policy. */
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
            doc = "Chance of ever raising a false alarm, for each watched policy.")
        double alpha,
    @Key(
            value = "0",
            rule = Rule.NOT_NEGATIVE,
            doc = "How much worse than the logging policy is still accepted, in the user's unit.")
        double toleratedDrop) {

  public AlertsConfig {
    watched = List.copyOf(watched);
    Repeats.refuse("watched", watched);
  }
}
