package hindcast.audit;

/**
 * Severity of a structural fault by its share of records: a sound log has none, so no test is
 * needed.
 *
 * <ul>
 *   <li>at least {@value #CRITICAL}: critical, where the fault makes estimates wrong, else a
 *       warning
 *   <li>at least {@value #WARNING}: a warning
 *   <li>above 0: information
 * </ul>
 */
final class Shares {
  static final double WARNING = 0.001;
  static final double CRITICAL = 0.02;

  private Shares() {}

  /** Severity of a fault that makes estimates wrong. */
  static Severity wrong(double share) {
    return share >= CRITICAL ? Severity.CRITICAL : uncertain(share);
  }

  /** Severity of a fault that makes estimates uncertain. */
  static Severity uncertain(double share) {
    return share >= WARNING ? Severity.WARNING : Severity.INFO;
  }

  /** {@code part / whole}, 0 of nothing. */
  static double of(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
