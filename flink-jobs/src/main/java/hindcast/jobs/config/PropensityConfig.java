package hindcast.jobs.config;

import java.time.Duration;

/** Section {@code propensity}: the running estimate of the logging policy, per segment. */
public record PropensityConfig(
    @Key(
            value = "0",
            rule = Rule.NOT_NEGATIVE,
            doc = "Event time after which a count weighs half. 0: counts never fade.")
        Duration halfLife,
    @Key(
            value = "1",
            rule = Rule.POSITIVE,
            doc =
                "Strength of the Dirichlet prior: how many impressions of a segment the uniform"
                    + " prior is worth.")
        double priorStrength,
    @Key(
            value = "0",
            rule = Rule.NOT_NEGATIVE,
            doc = "Number of items the logging policy chooses from. 0: the size of the catalogue.")
        int actionCount,
    @Key(
            value = "0",
            rule = Rule.ZERO_TO_ONE,
            doc =
                "A logged propensity below this is a dead letter (INVALID_PROPENSITY). 0: only"
                    + " those outside (0, 1] are.")
        double floor,
    @Key(
            value = "logged-or-estimated",
            doc =
                "Which propensity goes with the feedback: logged-or-estimated (the estimate only"
                    + " where none was logged) or estimated (always the estimate).")
        Use use) {

  /** Which propensity goes with the feedback. */
  public enum Use {
    /** The logged one, or the estimate where none was logged. */
    LOGGED_OR_ESTIMATED,
    /** Always the estimate. */
    ESTIMATED
  }
}
