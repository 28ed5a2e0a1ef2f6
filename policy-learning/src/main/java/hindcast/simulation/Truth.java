package hindcast.simulation;

import hindcast.catalogue.ItemEmbeddings;
import hindcast.numeric.ExponentialKernel;
import hindcast.policy.PolicyForm;
import hindcast.policy.PolicyParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * True values of policies in a {@link SyntheticWorld}: V(π) = κ (1/M) Σ_x Σ_a π(a|x) q(x,a), summed
 * over every context of the population and every item. Nothing is sampled, so there is no standard
 * error.
 *
 * <p>κ is the share of rewards that arrive inside the reward window: the reward of an impression is
 * what its window saw, so a world whose rewards are late κ = 1 − {@link
 * TrafficSettings#lateRewardShare()} is worth less by that factor, to every policy alike.
 *
 * <p>A learned policy costs M · P · L multiplications and M · P exponentials a form. Stateless;
 * safe for use by several threads.
 */
public final class Truth {
  private final SyntheticWorld world;
  private final double inWindowShare;

  /**
   * Values of rewards of which some come too late.
   *
   * @param inWindowShare κ, in (0, 1]
   */
  public Truth(SyntheticWorld world, double inWindowShare) {
    if (!(inWindowShare > 0 && inWindowShare <= 1)) {
      throw new IllegalArgumentException("in-window share must be in (0, 1]: " + inWindowShare);
    }
    this.world = world;
    this.inWindowShare = inWindowShare;
  }

  /** The truth behind a traffic of these settings. */
  public static Truth of(SyntheticWorld world, TrafficSettings settings) {
    return new Truth(world, settings.inWindowShare());
  }

  /** π over all items of one context. */
  @FunctionalInterface
  public interface ItemDistribution {
    /** Fills {@code probabilities} (length P, items in index order) for context m. */
    void fill(int m, double[] probabilities);
  }

  /** π by segment and item. */
  @FunctionalInterface
  public interface SegmentTable {
    /** π(a|s). */
    double probability(String segment, String itemId);
  }

  /** The value of any policy. */
  public TrueValue of(ItemDistribution policy) {
    double[] probabilities = new double[items()];
    double[] rewards = new double[world.contexts()];
    for (int m = 0; m < rewards.length; m++) {
      policy.fill(m, probabilities);
      rewards[m] = expectedReward(m, probabilities);
    }
    return TrueValue.of(world, rewards);
  }

  /** The policy that has served so far. */
  public TrueValue ofLogging() {
    return of(world::propensities);
  }

  /** Every item equally likely. */
  public TrueValue ofUniform() {
    return of((m, probabilities) -> Arrays.fill(probabilities, 1.0 / items()));
  }

  /** A policy given as a table; rows are used as given. */
  public TrueValue ofTable(SegmentTable table) {
    return of(
        (m, probabilities) -> {
          for (int a = 0; a < probabilities.length; a++) {
            probabilities[a] = table.probability(world.segment(m), world.catalogue().idOf(a));
          }
        });
  }

  /** The best achievable: in every context the item of largest q. */
  public TrueValue ofBest() {
    double[] rewards = new double[world.contexts()];
    for (int m = 0; m < rewards.length; m++) {
      for (int a = 0; a < items(); a++) {
        rewards[m] = Math.max(rewards[m], inWindowShare * world.rewardProbability(m, a));
      }
    }
    return TrueValue.of(world, rewards);
  }

  /** A learned policy, played in one form. */
  public TrueValue of(PolicyParameters parameters, PolicyForm form) {
    return of(parameters, List.of(form)).get(0);
  }

  /**
   * A learned policy, played in several forms: one value each, for one computation of the scores.
   */
  public List<TrueValue> of(PolicyParameters parameters, List<PolicyForm> forms) {
    ItemEmbeddings embeddings = world.catalogue().embeddings();
    double[] h = new double[embeddings.dimension()];
    double[] scores = new double[items()];
    double[] weights = new double[items()];
    double[] scratch = new double[items()];
    double[][] rewards = new double[forms.size()][world.contexts()];
    for (int m = 0; m < world.contexts(); m++) {
      world.context(m).project(parameters.theta(), parameters.embeddingDimension(), h);
      embeddings.scores(h, scores);
      int best = firstLargest(scores);
      for (int f = 0; f < rewards.length; f++) {
        rewards[f][m] = played(forms.get(f), m, scores, best, weights, scratch);
      }
    }
    List<TrueValue> values = new ArrayList<>();
    for (double[] reward : rewards) {
      values.add(TrueValue.of(world, reward));
    }
    return values;
  }

  private double played(
      PolicyForm form, int m, double[] scores, int best, double[] weights, double[] scratch) {
    if (form.kind() == PolicyForm.Kind.GREEDY) {
      return inWindowShare * world.rewardProbability(m, best);
    }
    if (form.kind() == PolicyForm.Kind.EPSILON) {
      Arrays.fill(weights, form.exploration() / items());
      weights[best] += 1 - form.exploration();
      return expectedReward(m, weights);
    }
    double mass =
        ExponentialKernel.exponentials(
            scores, scores.length, form.factor(), scores[best], weights, scratch);
    return expectedReward(m, weights) / mass;
  }

  private double expectedReward(int m, double[] probabilities) {
    double reward = 0;
    for (int a = 0; a < probabilities.length; a++) {
      reward += probabilities[a] * world.rewardProbability(m, a);
    }
    return inWindowShare * reward;
  }

  private static int firstLargest(double[] scores) {
    int best = 0;
    for (int a = 1; a < scores.length; a++) {
      if (scores[a] > scores[best]) {
        best = a;
      }
    }
    return best;
  }

  private int items() {
    return world.catalogue().size();
  }
}
