package hindcast.side;

import hindcast.catalogue.ItemCatalogue;
import hindcast.objective.Adaptive;
import hindcast.objective.Field;
import hindcast.objective.Objective;
import hindcast.reward.BilinearRewardModel;
import hindcast.reward.MeanRewardModel;
import hindcast.reward.RewardModel;
import hindcast.reward.RewardModelSource;
import hindcast.training.SideInformationSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How the library finds out what an objective needs beyond the feedback.
 *
 * @param clusters C, of items; at least 1
 * @param temperature T of soft clusters, above 0
 * @param halfLifeMicros H of counts, a whole number of microseconds, or infinity
 * @param priorStrength α of counts, above 0
 * @param selectedShare of the reward the selected items must have had, in (0, 1]
 * @param rewardLearningRate step of the logistic reward model, above 0
 * @param rewardL2 λ₂ of the reward model, at least 0
 * @param freezeEvery minibatches a version of the reward model lasts, at least 1
 * @param seed of clusters and draws
 */
public record SideSettings(
    int clusters,
    double temperature,
    double halfLifeMicros,
    double priorStrength,
    double selectedShare,
    double rewardLearningRate,
    double rewardL2,
    int freezeEvery,
    long seed) {

  /** 30 clusters, no decay, a prior of 10 events, 90 % of the reward, a version each minibatch. */
  public static final SideSettings DEFAULT =
      new SideSettings(30, 1, Double.POSITIVE_INFINITY, 10, 0.9, 0.05, 0, 1, 0);

  private static final double IMPUTED_STRENGTH = 2;

  /**
   * A fresh source of everything an objective needs and feedback does not hold. {@code ADAPTIVE}
   * gets its imputed rewards, the others a logistic model; selections, clusters and embeddings rest
   * on estimated rows of the logging policy.
   *
   * @param objective what is learned
   * @param catalogue the items
   * @param contextDimension d
   */
  public SideInformationSource sourceFor(
      Objective objective, ItemCatalogue catalogue, int contextDimension) {
    Set<Field> needs = objective.needs();
    List<SideInformationSource> sources = new ArrayList<>();
    if (needs.contains(Field.STATE)) {
      sources.add(new FrequencySource(catalogue, halfLifeMicros, priorStrength));
    }
    if (needs.contains(Field.REWARD_MODEL)) {
      RewardModel model =
          objective instanceof Adaptive
              ? new MeanRewardModel(IMPUTED_STRENGTH, false)
              : new BilinearRewardModel(
                  catalogue.embeddings(),
                  contextDimension,
                  BilinearRewardModel.Link.LOGISTIC,
                  rewardLearningRate,
                  rewardL2);
      sources.add(new RewardModelSource(model, catalogue, freezeEvery));
    }
    LoggingRowSource rows = new LoggingRowSource(catalogue, halfLifeMicros, priorStrength);
    if (needs.contains(Field.SELECTION)) {
      sources.add(new SelectionSource(catalogue, rows, selectedShare));
    } else if (needs.contains(Field.CLUSTERS)
        || needs.contains(Field.EMBEDDING)
        || needs.contains(Field.LOGGING_ROW)) {
      sources.add(rows);
    }
    if (needs.contains(Field.CLUSTERS) || needs.contains(Field.EMBEDDING)) {
      ItemClusters found = ItemClusters.of(catalogue.embeddings(), clusters, seed);
      sources.add(
          needs.contains(Field.CLUSTERS)
              ? new ClusterSource(found)
              : new EmbeddingSource(catalogue, found, temperature, seed));
    }
    return new CombinedSource(sources);
  }
}
