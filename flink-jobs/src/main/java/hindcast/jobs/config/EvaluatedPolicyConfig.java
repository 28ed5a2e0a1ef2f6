package hindcast.jobs.config;

/**
 * One element of {@code evaluation.policies}: a policy that is evaluated but does not learn.
 *
 * @param location the file of a table; empty for the other kinds
 */
public record EvaluatedPolicyConfig(
    @Key(
            value = Key.REQUIRED,
            rule = Rule.ID,
            doc = "Names the policy in every topic, metric and report.")
        String id,
    @Key(
            value = Key.REQUIRED,
            doc =
                "uniform (every eligible item alike), logging (the policy that wrote the log) or"
                    + " table (probabilities by item and segment from a file).")
        Kind kind,
    @Key(value = "", doc = "The CSV file of a table; empty for the other kinds.") String location) {

  /** Where the probabilities come from. */
  public enum Kind {
    /** Every eligible item alike. */
    UNIFORM,
    /** The policy that wrote the log. */
    LOGGING,
    /** A file. */
    TABLE
  }

  public EvaluatedPolicyConfig {
    if (kind == Kind.TABLE && location.isBlank()) {
      throw new IllegalArgumentException(
          "location: (missing): a table needs its file: set location to a CSV file");
    }
    if (kind != Kind.TABLE && !location.isBlank()) {
      throw new IllegalArgumentException(
          "location: " + location + ": only a table has a file: remove it or set kind to table");
    }
  }
}
