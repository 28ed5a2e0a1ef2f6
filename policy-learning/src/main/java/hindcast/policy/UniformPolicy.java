package hindcast.policy;

import hindcast.feedback.LoggedFeedback;

/**
 * Every eligible item with the same probability: 1 / (number of eligible items), or 1 / P when the
 * feedback names none.
 *
 * @param catalogueSize P, at least 1
 */
public record UniformPolicy(int catalogueSize) implements Policy {

  public UniformPolicy {
    if (catalogueSize < 1) {
      throw new IllegalArgumentException("a catalogue needs at least one item: " + catalogueSize);
    }
  }

  @Override
  public double probability(LoggedFeedback feedback) {
    if (!feedback.isRestricted()) {
      return 1.0 / catalogueSize;
    }
    return feedback.eligibleItemIds().contains(feedback.itemId())
        ? 1.0 / feedback.eligibleItemIds().size()
        : 0;
  }
}
