package hindcast.feedback;

import hindcast.feedback.RewardFunction.Given;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The reward of an impression as a formula of the rewards it received:
 *
 * <pre>
 * r = clip(Σ_k w_k f_k, min, max), scaled to [0, 1]
 * </pre>
 *
 * <p>k runs over the terms. f_k is the {@link RewardFunction} of term k over the distinct rewards
 * of its kind, or the term's default where there is none. One term of kind {@link #ANY} takes all
 * rewards alike. The result depends on the set of rewards, not on the order they arrived in.
 *
 * <p>With an activation kind, an impression is an outcome only if a reward of that kind, whatever
 * its value, is among those that count: the event that says the item was really shown.
 *
 * @param range range of r in the user's unit
 * @param terms at least one, of distinct kinds; {@link #ANY} only by itself
 * @param activation the kind that activates an impression; {@code ""} when none has to
 */
public record RewardFormula(RewardRange range, List<Term> terms, String activation)
    implements Serializable {
  /** The kind of a term that takes every reward. */
  public static final String ANY = "*";

  /** Largest absolute value of a reward, weight or default. */
  public static final double LARGEST = 1e12;

  /**
   * One summand.
   *
   * @param kind the rewards it takes
   * @param function what they amount to
   * @param weight w, at most {@value RewardFormula#LARGEST} in absolute value
   * @param defaultValue f where there is no reward of this kind, bounded alike
   */
  public record Term(String kind, RewardFunction function, double weight, double defaultValue)
      implements Serializable {
    public Term {
      if (kind.isEmpty()) {
        throw new IllegalArgumentException("a term of the reward needs a kind; * takes every one");
      }
      if (!(Math.abs(weight) <= LARGEST) || !(Math.abs(defaultValue) <= LARGEST)) {
        throw new IllegalArgumentException(
            "weight and default of a kind of reward must be at most "
                + LARGEST
                + " in absolute value: "
                + weight
                + " and "
                + defaultValue
                + " (kind "
                + kind
                + ")");
      }
    }
  }

  public RewardFormula {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("a reward needs at least one term: none");
    }
    Set<String> kinds = new HashSet<>();
    for (Term term : terms) {
      if (!kinds.add(term.kind()) || (term.kind().equals(ANY) && terms.size() > 1)) {
        throw new IllegalArgumentException(
            "kinds of reward must be distinct, and * be the only one: " + term.kind());
      }
      if (term.kind().equals(activation)) {
        throw new IllegalArgumentException(
            "the kind that activates an impression must not be a term of its reward: "
                + activation);
      }
    }
  }

  /** The sum of all rewards, 0 without one. */
  public static RewardFormula sum(RewardRange range) {
    return of(range, RewardFunction.SUM, 0, "");
  }

  /** One function of all rewards. */
  public static RewardFormula of(
      RewardRange range, RewardFunction function, double defaultValue, String activation) {
    return new RewardFormula(range, List.of(new Term(ANY, function, 1, defaultValue)), activation);
  }

  /** Whether an impression has to be activated. */
  public boolean needsActivation() {
    return !activation.isEmpty();
  }

  /** Whether a reward of this kind activates its impression; then its value is not read. */
  public boolean activates(String kind) {
    return needsActivation() && activation.equals(kind);
  }

  /** Whether a reward of this kind has a place in the formula. */
  public boolean accepts(String kind) {
    return activates(kind)
        || terms.stream().anyMatch(term -> term.kind().equals(ANY) || term.kind().equals(kind));
  }

  /** The range a single reward must lie in: that of r where there is one term of every kind. */
  public RewardRange rangeOfOne() {
    return terms.get(0).kind().equals(ANY) ? range : new RewardRange(-LARGEST, LARGEST);
  }

  /** Whether an activation is among the rewards, or none is needed. */
  boolean isActivated(Collection<Given> rewards) {
    return !needsActivation() || rewards.stream().anyMatch(given -> activates(given.kind()));
  }

  /**
   * r, in [0, 1].
   *
   * @param rewards the distinct rewards that count, in order of id
   */
  double unit(Collection<Given> rewards) {
    double user = 0;
    for (Term term : terms) {
      List<Given> ofKind = new ArrayList<>(rewards.size());
      for (Given given : rewards) {
        if (!activates(given.kind())
            && (term.kind().equals(ANY) || term.kind().equals(given.kind()))) {
          ofKind.add(given);
        }
      }
      user += term.weight() * (ofKind.isEmpty() ? term.defaultValue() : term.function().of(ofKind));
    }
    return range.toUnit(user);
  }

  /** How many of the rewards are no activations. */
  int count(Collection<Given> rewards) {
    int count = 0;
    for (Given given : rewards) {
      count += activates(given.kind()) ? 0 : 1;
    }
    return count;
  }
}
