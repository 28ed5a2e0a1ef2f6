package hindcast.audit;

import hindcast.feedback.LoggedFeedback;
import hindcast.propensity.Propensity;
import java.util.Objects;

/**
 * One outcome as the audit sees it: the logged feedback, and what else the log says of the
 * decision.
 *
 * <p>A propensity that is absent, or was not logged (source ESTIMATED), counts as missing and is
 * not tested.
 *
 * @param feedback the outcome
 * @param row π₀(·|x) of each of {@code feedback.eligibleItemIds()}, in their order; null where the
 *     log has no row
 * @param cluster what the event belongs to, such as the user; null where not known
 */
@SuppressWarnings("ArrayRecordComponent")
public record AuditedFeedback(LoggedFeedback feedback, double[] row, String cluster) {
  private static final double SMALLEST = 1e-90;

  public AuditedFeedback {
    Objects.requireNonNull(feedback, "feedback");
    if (row != null
        && (feedback.eligibleItemIds() == null
            || row.length != feedback.eligibleItemIds().size())) {
      throw new IllegalArgumentException(
          "a row must have a propensity for each eligible item: "
              + row.length
              + (feedback.isRestricted()
                  ? " for " + feedback.eligibleItemIds().size() + " items"
                  : " for no eligible items")
              + " (impression "
              + feedback.impressionId()
              + ")");
    }
  }

  /** An outcome of which the log says nothing else. */
  public static AuditedFeedback of(LoggedFeedback feedback) {
    return new AuditedFeedback(feedback, null, null);
  }

  /** Whether the serving system logged a propensity. */
  public boolean hasLoggedPropensity() {
    Propensity propensity = feedback.propensity();
    return propensity != null && propensity.source() != Propensity.Source.ESTIMATED;
  }

  /**
   * The logged propensity, in (0, 1]. One that was counted by Monte Carlo is raised by {@code 1 +
   * U^2}, since the mean inverse of a count is that much above the inverse of its mean. One below
   * {@value #SMALLEST} counts as that, so that sums of squared inverses stay finite.
   */
  double propensity() {
    Propensity p = feedback.propensity();
    double value = p.value() * (1 + p.uncertainty() * p.uncertainty());
    return Math.max(SMALLEST, Math.min(1, value));
  }

  /** {@code id@version} of the policy that served. */
  String servedBy() {
    return feedback.policyId() + "@" + feedback.policyVersion();
  }
}
