package hindcast.audit;

/** How much a finding matters, mildest first. */
public enum Severity {
  /** Worth knowing; estimates are not touched. */
  INFO,
  /** Estimates may be off, or less sure than they say. */
  WARNING,
  /** The log contradicts itself: estimates from it are unreliable until it is explained. */
  CRITICAL
}
