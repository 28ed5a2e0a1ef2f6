package hindcast.training;

import hindcast.gradient.ItemFunction;
import hindcast.objective.Field;

/**
 * What is known of an event beyond its feedback, for the objectives that ask for it. What is absent
 * is null (NaN for numbers).
 *
 * @param rewardModel q(x, ·) of this event's context
 * @param loggedReward q of what was logged, if it is not {@code rewardModel} at the logged item
 *     (two stages: the item within its cluster); else NaN
 * @param loggingRow π₀(·|x), one number for each item of the catalogue
 * @param clusterOfItem the cluster of each item
 * @param clusterPropensity π₀(c|x) of the logged cluster; NaN to sum it from {@code loggingRow}
 * @param selection Φ(x), item indexes, increasing
 * @param selectionPropensity π₀(Φ|x); NaN to sum it from {@code loggingRow}
 * @param embedding e, drawn for the logged item; a column of {@code embeddingGivenItem}
 * @param embeddingGivenItem p(e|a), one row for each item
 * @param state s, a discrete key of the context
 */
public record SideInformation(
    ItemFunction rewardModel,
    double loggedReward,
    double[] loggingRow,
    int[] clusterOfItem,
    double clusterPropensity,
    int[] selection,
    double selectionPropensity,
    int embedding,
    double[][] embeddingGivenItem,
    Object state) {

  /** Nothing is known. */
  public static final SideInformation NONE =
      new SideInformation(
          null, Double.NaN, null, null, Double.NaN, null, Double.NaN, -1, null, null);

  /** With a reward model. */
  public SideInformation withRewardModel(ItemFunction q) {
    return withRewardModel(q, Double.NaN);
  }

  /** With a reward model whose value for what was logged is given apart. */
  public SideInformation withRewardModel(ItemFunction q, double logged) {
    return new SideInformation(
        q,
        logged,
        loggingRow,
        clusterOfItem,
        clusterPropensity,
        selection,
        selectionPropensity,
        embedding,
        embeddingGivenItem,
        state);
  }

  /** With the whole row of the logging policy. */
  public SideInformation withLoggingRow(double[] row) {
    return new SideInformation(
        rewardModel,
        loggedReward,
        row,
        clusterOfItem,
        clusterPropensity,
        selection,
        selectionPropensity,
        embedding,
        embeddingGivenItem,
        state);
  }

  /** With clusters, and π₀(c|x) or NaN. */
  public SideInformation withClusters(int[] clusters, double propensity) {
    return new SideInformation(
        rewardModel,
        loggedReward,
        loggingRow,
        clusters,
        propensity,
        selection,
        selectionPropensity,
        embedding,
        embeddingGivenItem,
        state);
  }

  /** With the items the policy may choose, and π₀(Φ|x) or NaN. */
  public SideInformation withSelection(int[] items, double propensity) {
    return new SideInformation(
        rewardModel,
        loggedReward,
        loggingRow,
        clusterOfItem,
        clusterPropensity,
        items,
        propensity,
        embedding,
        embeddingGivenItem,
        state);
  }

  /** With the embedding drawn for the logged item. */
  public SideInformation withEmbedding(int drawn, double[][] givenItem) {
    return new SideInformation(
        rewardModel,
        loggedReward,
        loggingRow,
        clusterOfItem,
        clusterPropensity,
        selection,
        selectionPropensity,
        drawn,
        givenItem,
        state);
  }

  /** With a discrete key of the context. */
  public SideInformation withState(Object key) {
    return new SideInformation(
        rewardModel,
        loggedReward,
        loggingRow,
        clusterOfItem,
        clusterPropensity,
        selection,
        selectionPropensity,
        embedding,
        embeddingGivenItem,
        key);
  }

  /** Whether a field is known; what a propensity brings is not asked here. */
  public boolean has(Field field) {
    return switch (field) {
      case PROPENSITY, UNCERTAINTY -> true;
      case REWARD_MODEL -> rewardModel != null;
      case LOGGING_ROW -> loggingRow != null;
      case CLUSTERS ->
          clusterOfItem != null && (loggingRow != null || !Double.isNaN(clusterPropensity));
      case EMBEDDING -> embeddingGivenItem != null && loggingRow != null;
      case SELECTION ->
          selection != null && (loggingRow != null || !Double.isNaN(selectionPropensity));
      case STATE -> state != null;
    };
  }
}
