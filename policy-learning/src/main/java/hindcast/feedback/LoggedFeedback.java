package hindcast.feedback;

import hindcast.propensity.Propensity;
import java.util.List;
import java.util.Objects;

/**
 * One finished decision: what was shown to whom by which policy, with which probability, and what
 * came of it. The tuple (x, a, p, r) of off-policy evaluation and learning.
 *
 * @param impressionId unique name of the decision
 * @param eventTimeMicros when it was made, microseconds since 1970
 * @param segment discrete key s of the context; {@code ""} when there is none
 * @param context features x
 * @param itemId the item a that was shown
 * @param position place on the slate, from 0
 * @param eligibleItemIds the items that could have been shown, or null for the whole catalogue;
 *     holds {@code itemId}
 * @param policyId who decided
 * @param policyVersion which version of it
 * @param reward r, in [0, 1]; 0 when the reward window closed without one
 * @param propensity p = π₀(a|x) with its uncertainty, or null when neither logged nor estimated
 */
public record LoggedFeedback(
    String impressionId,
    long eventTimeMicros,
    String segment,
    Context context,
    String itemId,
    int position,
    List<String> eligibleItemIds,
    String policyId,
    long policyVersion,
    double reward,
    Propensity propensity) {

  public LoggedFeedback {
    Objects.requireNonNull(impressionId, "feedback needs an impression id");
    Objects.requireNonNull(segment, "feedback needs a segment; \"\" when there is none");
    Objects.requireNonNull(context, "feedback needs a context");
    Objects.requireNonNull(itemId, "feedback needs the item that was shown");
    Objects.requireNonNull(policyId, "feedback needs the policy that decided; \"\" if unknown");
    if (!(reward >= 0 && reward <= 1)) {
      throw new IllegalArgumentException(
          "reward must be in [0, 1]: " + reward + " (impression " + impressionId + ")");
    }
    if (position < 0) {
      throw new IllegalArgumentException(
          "position must be at least 0: " + position + " (impression " + impressionId + ")");
    }
    if (eligibleItemIds != null) {
      eligibleItemIds = List.copyOf(eligibleItemIds);
    }
  }

  /** Whether the items that could have been shown were a part of the catalogue. */
  public boolean isRestricted() {
    return eligibleItemIds != null;
  }
}
