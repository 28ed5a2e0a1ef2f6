package hindcast.policy;

import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import java.util.Arrays;

/**
 * The linear softmax policy π(a|x) = e^{f_a} / Σ_b e^{f_b}, f_a = (Θᵀx) · β_a, over the eligible
 * items of a catalogue.
 *
 * <p>Parameters and catalogue never change; the policy keeps one workspace, so it is not safe for
 * use by several threads at once.
 *
 * <p>Errors: {@link IllegalArgumentException} if the dimensions of context, parameters and
 * catalogue do not fit, or if no item is eligible.
 */
public final class SoftmaxPolicy implements Policy {
  private final PolicyParameters parameters;
  private final ItemCatalogue catalogue;
  private final SoftmaxDistribution distribution;

  /** A policy over a catalogue. */
  public SoftmaxPolicy(PolicyParameters parameters, ItemCatalogue catalogue) {
    if (parameters.embeddingDimension() != catalogue.dimension()) {
      throw new IllegalArgumentException(
          "parameters and catalogue must have the same embedding dimension: "
              + parameters.embeddingDimension()
              + " and "
              + catalogue.dimension());
    }
    this.parameters = parameters;
    this.catalogue = catalogue;
    this.distribution = new SoftmaxDistribution(catalogue.embeddings());
  }

  /** Θ. */
  public PolicyParameters parameters() {
    return parameters;
  }

  /** The items. */
  public ItemCatalogue catalogue() {
    return catalogue;
  }

  /** The distribution of one context; valid until the next call of any method of this policy. */
  public SoftmaxDistribution distribution(Context context, int[] eligible) {
    requireDimension(context);
    distribution.fit(parameters.theta(), context, eligible);
    return distribution;
  }

  /** log Z. */
  public double logZ(Context context, int[] eligible) {
    return distribution(context, eligible).logZ();
  }

  /** π over the eligible items, in their order. */
  public double[] probabilities(Context context, int[] eligible) {
    distribution(context, eligible);
    double[] probabilities = new double[distribution.count()];
    distribution.probabilities(probabilities);
    return probabilities;
  }

  /** π(a|x). */
  public double probability(Context context, int item, int[] eligible) {
    return distribution(context, eligible).probability(item);
  }

  /** log π(a|x); minus infinity for an item that is not eligible. */
  public double logProbability(Context context, int item, int[] eligible) {
    return distribution(context, eligible).logProbability(item);
  }

  /** −Σ π log π. */
  public double entropy(Context context, int[] eligible) {
    return distribution(context, eligible).entropy();
  }

  /** The item a greedy player shows. */
  public int best(Context context, int[] eligible) {
    requireDimension(context);
    distribution.score(parameters.theta(), context, eligible);
    return distribution.best();
  }

  /** The probability of an item under several forms of this policy, from one scoring pass. */
  public double[] formProbabilities(
      Context context, int item, int[] eligible, PolicyForm... forms) {
    requireDimension(context);
    distribution.score(parameters.theta(), context, eligible);
    double[] probabilities = new double[forms.length];
    for (int k = 0; k < forms.length; k++) {
      probabilities[k] =
          switch (forms[k].kind()) {
            case GREEDY, EPSILON -> nearlyGreedy(item, forms[k].exploration());
            case SOFTMAX, SHARPENED -> distribution.sharpened(item, forms[k].factor());
          };
    }
    return probabilities;
  }

  private double nearlyGreedy(int item, double epsilon) {
    double any = distribution.slot(item) < 0 ? 0 : epsilon / distribution.count();
    return any + (distribution.best() == item ? 1 - epsilon : 0);
  }

  /** The probability of the feedback's item under several forms; zeros for an unknown item. */
  public double[] formProbabilities(LoggedFeedback feedback, PolicyForm... forms) {
    int item = catalogue.indexOf(feedback.itemId());
    int[] eligible = catalogue.indexesOf(feedback.eligibleItemIds());
    return item < 0
        ? new double[forms.length]
        : formProbabilities(feedback.context(), item, eligible, forms);
  }

  /**
   * The probability of showing one of some items, under several forms.
   *
   * @param items indexes, increasing
   * @param eligible as in {@link #formProbabilities(Context, int, int[], PolicyForm...)}
   */
  public double[] formMasses(Context context, int[] items, int[] eligible, PolicyForm... forms) {
    requireDimension(context);
    distribution.score(parameters.theta(), context, eligible);
    int best = distribution.best();
    double[] masses = new double[forms.length];
    for (int k = 0; k < forms.length; k++) {
      masses[k] =
          switch (forms[k].kind()) {
            case GREEDY, EPSILON -> nearlyGreedyMass(items, best, forms[k].exploration());
            case SOFTMAX, SHARPENED -> distribution.sharpenedMass(items, forms[k].factor());
          };
    }
    return masses;
  }

  private double nearlyGreedyMass(int[] items, int best, double epsilon) {
    long among = Arrays.stream(items).filter(item -> distribution.slot(item) >= 0).count();
    return epsilon * among / distribution.count()
        + (Arrays.binarySearch(items, best) < 0 ? 0 : 1 - epsilon);
  }

  @Override
  public double probability(LoggedFeedback feedback) {
    return formProbabilities(feedback, PolicyForm.SOFTMAX)[0];
  }

  private void requireDimension(Context context) {
    if (context.dimension() != parameters.contextDimension()) {
      throw new IllegalArgumentException(
          "context must have dimension "
              + parameters.contextDimension()
              + ": "
              + context.dimension());
    }
  }
}
