package hindcast.policy;

import hindcast.feedback.LoggedFeedback;
import java.util.Objects;

/**
 * The same item for everybody; written {@code always:ITEM}.
 *
 * @param itemId the item
 */
public record AlwaysPolicy(String itemId) implements Policy {

  public AlwaysPolicy {
    Objects.requireNonNull(itemId, "always needs an item: always:ITEM");
  }

  @Override
  public double probability(LoggedFeedback feedback) {
    return itemId.equals(feedback.itemId()) ? 1 : 0;
  }
}
