package hindcast.side;

import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.LoggedFeedback;
import hindcast.numeric.CounterBasedRandom;
import hindcast.training.SideInformation;
import hindcast.training.SideInformationSource;

/**
 * A stochastic embedding e of the logged item: one of C centres, drawn from the soft assignment
 * p(e|a) of {@link ItemClusters#soft}. The draw is a function of seed and impression. π₀(e|x) is
 * summed from the logging row, which another source gives.
 *
 * <p>Source: Saito and Joachims 2022; baselines 3. That the embeddings are soft clusters is our
 * choice.
 */
public final class EmbeddingSource implements SideInformationSource {
  private final ItemCatalogue catalogue;
  private final double[][] givenItem;
  private final long seed;

  /**
   * A source.
   *
   * @param catalogue the items
   * @param clusters whose centres are the embeddings
   * @param temperature T of the soft assignment, above 0
   * @param seed of the draws
   */
  public EmbeddingSource(
      ItemCatalogue catalogue, ItemClusters clusters, double temperature, long seed) {
    this.catalogue = catalogue;
    this.givenItem = clusters.soft(catalogue.embeddings(), temperature);
    this.seed = seed;
  }

  @Override
  public SideInformation of(LoggedFeedback feedback) {
    double[] row = givenItem[catalogue.indexOf(feedback.itemId())];
    long key = CounterBasedRandom.key(seed, "embedding", 0, feedback.impressionId());
    double left = CounterBasedRandom.uniform(key, 0);
    int drawn = 0;
    while (drawn < row.length - 1 && (left -= row[drawn]) > 0) {
      drawn++;
    }
    return SideInformation.NONE.withEmbedding(drawn, givenItem);
  }
}
