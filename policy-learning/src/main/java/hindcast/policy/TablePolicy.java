package hindcast.policy;

import hindcast.feedback.LoggedFeedback;
import java.util.Map;

/**
 * Probabilities from a table by item and segment; an entry that is missing is 0. Rows are used as
 * given: they need not add up to 1 over a segment.
 *
 * @param probabilities π(a|s), each in [0, 1]
 */
public record TablePolicy(Map<Key, Double> probabilities) implements Policy {

  /**
   * A cell of the table.
   *
   * @param itemId a
   * @param segment s
   */
  public record Key(String itemId, String segment) {}

  public TablePolicy {
    probabilities = Map.copyOf(probabilities);
    probabilities.forEach(
        (key, value) -> {
          if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(
                "probability must be in [0, 1]: "
                    + value
                    + " (item "
                    + key.itemId()
                    + ", segment "
                    + key.segment()
                    + ")");
          }
        });
  }

  @Override
  public double probability(LoggedFeedback feedback) {
    return probabilities.getOrDefault(new Key(feedback.itemId(), feedback.segment()), 0.0);
  }
}
