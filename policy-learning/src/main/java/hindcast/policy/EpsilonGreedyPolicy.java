package hindcast.policy;

import hindcast.feedback.LoggedFeedback;
import java.util.List;

/**
 * The best item of a deterministic choice with probability 1 - ε, any eligible item alike with ε:
 *
 * <pre>
 * π(a|x) = (1 - ε) 1{a = best(s)} + ε / (number of eligible items)
 * </pre>
 *
 * <p>ε = 0 is the choice itself, ε = 1 the uniform policy. Where the choice has no eligible item, ε
 * / (number of eligible items) is all: the probabilities of such a context add up to ε.
 *
 * @param epsilon ε, in [0, 1]
 * @param choice what is shown without exploration
 * @param catalogueSize number of items where the feedback names no eligible ones, at least 1
 */
public record EpsilonGreedyPolicy(double epsilon, Choice choice, int catalogueSize)
    implements Policy {

  /** The item a deterministic policy shows in a segment. */
  @FunctionalInterface
  public interface Choice {
    /**
     * The item.
     *
     * @param eligible the items that can be shown; null for all
     * @return the item, or null where it has none that is eligible
     */
    String best(String segment, List<String> eligible);

    /** The same item for everybody, where it is eligible. */
    static Choice always(String item) {
      return (segment, eligible) -> eligible == null || eligible.contains(item) ? item : null;
    }
  }

  public EpsilonGreedyPolicy {
    if (!(epsilon >= 0 && epsilon <= 1)) {
      throw new IllegalArgumentException("epsilon must be in [0, 1]: " + epsilon);
    }
    if (catalogueSize < 1) {
      throw new IllegalArgumentException("a catalogue needs at least one item: " + catalogueSize);
    }
  }

  @Override
  public double probability(LoggedFeedback feedback) {
    return probability(feedback.segment(), feedback.itemId(), feedback.eligibleItemIds());
  }

  /** π(a|s) of an item. */
  public double probability(String segment, String item, List<String> eligible) {
    double any = 0;
    if (eligible == null) {
      any = epsilon / catalogueSize;
    } else if (eligible.contains(item)) {
      any = epsilon / eligible.size();
    }
    return any + (item.equals(choice.best(segment, eligible)) ? 1 - epsilon : 0);
  }
}
