package hindcast.gate;

/** What a gate asks. All must hold before it promotes. */
public enum GateCondition {
  /** Lower end of the anytime interval of the difference, above the margin. */
  LOWER_BOUND(true),
  /** Probability that the planned A/B test succeeds, at least its level. */
  SUCCESS_PROBABILITY(true),
  /** Rewarded effective sample size (Σwr)² / Σ(wr)², at least its minimum. */
  EFFECTIVE_SAMPLE_SIZE(true),
  /** Largest share of one event in Σwr or Σw, at most its maximum. */
  LARGEST_EVENT_SHARE(false),
  /** |z| of mean(w) = 1, at most its limit: beyond it propensities are wrong. */
  WEIGHT_CHECK(false),
  /** Critical findings of the audit, none. */
  CRITICAL_FINDINGS(false),
  /** Smallest difference of IPS and SNIPS to the logging policy, above the margin. */
  ESTIMATORS_AGREE(true),
  /** Seconds of event time since the newest outcome, at most the limit. */
  AGE_OF_DATA(false);

  private final boolean atLeast;

  GateCondition(boolean atLeast) {
    this.atLeast = atLeast;
  }

  /** Whether the value must be large; small otherwise. */
  public boolean wantsLarge() {
    return atLeast;
  }

  /** Whether the data cannot be believed while it fails. */
  public boolean concernsTrust() {
    return this == WEIGHT_CHECK || this == CRITICAL_FINDINGS;
  }
}
