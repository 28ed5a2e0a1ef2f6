package hindcast.side;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.policy.Policy;
import hindcast.policy.PolicyParameters;
import hindcast.policy.SoftmaxDistribution;
import hindcast.policy.TwoStagePolicy;
import hindcast.reward.TwoStepRegression;

/**
 * POTEC's policy as learned: a softmax over clusters with parameters Θ, and of the drawn cluster
 * the eligible item with the largest prediction. A cluster without an eligible item has probability
 * 0.
 *
 * <p>Its weight is 0 unless the logged item is the best of its cluster: as an estimate of its value
 * prefer the cluster weight (OFFCEM). Not safe for use by several threads.
 *
 * <p>Source: Saito, Yao and Joachims 2025; baselines 3.
 */
public final class LearnedTwoStagePolicy implements Policy {
  private final ItemCatalogue catalogue;
  private final ItemClusters clusters;
  private final PolicyParameters parameters;
  private final TwoStepRegression prediction;
  private final SoftmaxDistribution firstStage;

  /** The policy of a first stage and a prediction, neither of which changes. */
  public LearnedTwoStagePolicy(
      ItemCatalogue catalogue,
      ItemClusters clusters,
      PolicyParameters parameters,
      TwoStepRegression prediction) {
    this.catalogue = catalogue;
    this.clusters = clusters;
    this.parameters = parameters;
    this.prediction = prediction;
    ItemEmbeddings centers = clusters.centers();
    this.firstStage = new SoftmaxDistribution(centers);
  }

  /** Both stages in one context; {@code eligible} may be null for the whole catalogue. */
  public TwoStagePolicy at(Context context, int[] eligible) {
    int[] best = bestOfClusters(prediction, context.toArray(), clusters, eligible);
    int[] open =
        java.util.stream.IntStream.range(0, best.length).filter(c -> best[c] >= 0).toArray();
    firstStage.fit(parameters.theta(), context, open);
    double[] probabilities = new double[best.length];
    for (int c : open) {
      probabilities[c] = firstStage.probability(c);
    }
    return new TwoStagePolicy(probabilities, best);
  }

  @Override
  public double probability(LoggedFeedback feedback) {
    int item = catalogue.indexOf(feedback.itemId());
    return item < 0
        ? 0
        : at(feedback.context(), catalogue.indexesOf(feedback.eligibleItemIds())).probability(item);
  }

  /** The eligible item with the largest prediction in each cluster, the first of several, or -1. */
  static int[] bestOfClusters(
      TwoStepRegression prediction, double[] x, ItemClusters clusters, int[] eligible) {
    int[] best = new int[clusters.count()];
    double[] largest = new double[clusters.count()];
    java.util.Arrays.fill(best, -1);
    int count = eligible == null ? clusters.clusterOfItem().length : eligible.length;
    for (int j = 0; j < count; j++) {
      int item = eligible == null ? j : eligible[j];
      int c = clusters.clusterOfItem()[item];
      double value = prediction.within(x, item);
      if (best[c] < 0 || value > largest[c]) {
        best[c] = item;
        largest[c] = value;
      }
    }
    return best;
  }
}
