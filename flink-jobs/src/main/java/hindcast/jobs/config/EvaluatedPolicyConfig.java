package hindcast.jobs.config;

import hindcast.policy.PolicyForm;

/**
 * One element of {@code evaluation.policies}: a policy that is evaluated but does not learn.
 *
 * @param location the file of a table; empty for the other kinds
 * @param item the item of always; empty for the other kinds
 * @param form how always or a table is played; empty for as it is
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
                "uniform (every eligible item alike), logging (the policy that wrote the log),"
                    + " always (one item) or table (probabilities by item and segment from a"
                    + " file).")
        Kind kind,
    @Key(value = "", doc = "The CSV file of a table; empty for the other kinds.") String location,
    @Key(value = "", doc = "The item that always shows; empty for the other kinds.") String item,
    @Key(
            value = "",
            doc =
                "greedy for the most probable item of a table, epsilon:E for it (or the item of"
                    + " always) with probability 1 - E and any eligible item alike with E; empty"
                    + " for the policy as it is.")
        String form) {

  /** Where the probabilities come from. */
  public enum Kind {
    /** Every eligible item alike. */
    UNIFORM,
    /** The policy that wrote the log. */
    LOGGING,
    /** One item, whatever the context. */
    ALWAYS,
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
    if (kind == Kind.ALWAYS && item.isBlank()) {
      throw new IllegalArgumentException(
          "item: (missing): always needs its item: set item to an item id");
    }
    if (kind != Kind.ALWAYS && !item.isBlank()) {
      throw new IllegalArgumentException(
          "item: " + item + ": only always has an item: remove it or set kind to always");
    }
    checkForm(kind, form);
  }

  private static void checkForm(Kind kind, String form) {
    if (form.isBlank()) {
      return;
    }
    if (kind != Kind.ALWAYS && kind != Kind.TABLE) {
      throw new IllegalArgumentException(
          "form: " + form + ": only always and a table have a most probable item: remove it");
    }
    try {
      if (PolicyForm.parse(form).isNearlyGreedy()) {
        return;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("form: " + form + ": " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("form: " + form + ": write greedy or epsilon:E");
  }
}
