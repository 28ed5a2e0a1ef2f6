package hindcast.jobs.config;

import java.time.Duration;

/** Section {@code propensity}: the running estimate of the logging policy, per segment. */
public record PropensityConfig(
    @Key(
            value = "dirichlet",
            doc =
                "Model of the logging policy of each (serving policy version, segment): dirichlet"
                    + " (decayed counts of what was shown), softmax (regression on the context, for"
                    + " few items and features) or two-tower (the UIPS paper's head on the context).")
        Model model,
    @Key(
            value = "popularity",
            doc =
                "Prior of the dirichlet model: popularity (what the serving policy showed in all"
                    + " segments in earlier windows, with the uniform prior below it) or uniform.")
        Prior prior,
    @Key(
            value = "0",
            rule = Rule.NOT_NEGATIVE,
            doc = "Event time after which a count weighs half. 0: counts never fade.")
        Duration halfLife,
    @Key(
            value = "1",
            rule = Rule.POSITIVE,
            doc =
                "Strength of the Dirichlet prior: how many impressions of a segment the prior is"
                    + " worth.")
        double priorStrength,
    @Key(
            value = "0",
            rule = Rule.NOT_NEGATIVE,
            doc =
                "How many impressions the uniform prior is worth against popularity. 0: one for"
                    + " each item.")
        double popularityStrength,
    @Key(
            value = "0.1",
            rule = Rule.ABOVE_ZERO_TO_ONE,
            doc = "Step size of the softmax and two-tower models, on contexts of length 1.")
        double learningRate,
    @Key(
            value = "event",
            doc =
                "What an impression's estimate has seen: event (every earlier impression of its"
                    + " segment) or window (those of earlier windows only).")
        Update update,
    @Key(
            value = "0",
            rule = Rule.NOT_NEGATIVE,
            doc =
                "Event time after which the estimate of a segment without impressions is forgotten"
                    + " and counted. 0: 32 half-lives, when a count weighs 2^-32; never without a"
                    + " half-life.")
        Duration forgetAfter,
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

  /** Model of the logging policy. */
  public enum Model {
    /** Decayed counts. */
    DIRICHLET,
    /** Softmax regression on the context. */
    SOFTMAX,
    /** Item tower on the context. */
    TWO_TOWER
  }

  /** Prior mean of the Dirichlet model. */
  public enum Prior {
    /** What the serving policy showed in all segments, then uniform. */
    POPULARITY,
    /** Uniform. */
    UNIFORM
  }

  /** When an impression is counted. */
  public enum Update {
    /** Before the next one is predicted. */
    EVENT,
    /** After its whole window was predicted. */
    WINDOW
  }

  /** Which propensity goes with the feedback. */
  public enum Use {
    /** The logged one, or the estimate where none was logged. */
    LOGGED_OR_ESTIMATED,
    /** Always the estimate. */
    ESTIMATED
  }
}
