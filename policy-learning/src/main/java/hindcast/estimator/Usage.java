package hindcast.estimator;

/** What the number of an estimator may be used for. */
public enum Usage {
  /** A value estimate that gates and alerts may rest on. */
  GATE,
  /**
   * A value estimate whose bias depends on a model or an assumption: for reading, not for gates.
   */
  VALUE,
  /** A value estimate that is too low on purpose: a cautious reading, not for gates. */
  BIASED_LOW,
  /** Not an estimate of the policy's value: a learning objective, shown for diagnosis. */
  NOT_A_VALUE;

  /** Whether the number estimates the value of the policy at all. */
  public boolean estimatesValue() {
    return this != NOT_A_VALUE;
  }

  /** Whether a promotion gate may rest on it. */
  public boolean allowsGates() {
    return this == GATE;
  }
}
