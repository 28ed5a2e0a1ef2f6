package hindcast.training;

import hindcast.gradient.ItemFunction;
import hindcast.objective.Field;
import java.util.Arrays;

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
 * @param inverseFrequency n(s) / n(s, a) of the logged item, at least 1; NaN to count the minibatch
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
    Object state,
    double inverseFrequency) {

  /** Nothing is known. */
  public static final SideInformation NONE =
      new SideInformation(
          null, Double.NaN, null, null, Double.NaN, null, Double.NaN, -1, null, null, Double.NaN);

  /** What is known here, completed and where both know overruled by what is known there. */
  public SideInformation and(SideInformation other) {
    boolean model = other.rewardModel != null;
    boolean clusters = other.clusterOfItem != null;
    boolean selected = other.selection != null;
    boolean embedded = other.embeddingGivenItem != null;
    return new SideInformation(
        model ? other.rewardModel : rewardModel,
        model ? other.loggedReward : loggedReward,
        other.loggingRow != null ? other.loggingRow : loggingRow,
        clusters ? other.clusterOfItem : clusterOfItem,
        clusters ? other.clusterPropensity : clusterPropensity,
        selected ? other.selection : selection,
        selected ? other.selectionPropensity : selectionPropensity,
        embedded ? other.embedding : embedding,
        embedded ? other.embeddingGivenItem : embeddingGivenItem,
        other.state != null ? other.state : state,
        Double.isNaN(other.inverseFrequency) ? inverseFrequency : other.inverseFrequency);
  }

  /** With a reward model. */
  public SideInformation withRewardModel(ItemFunction q) {
    return withRewardModel(q, Double.NaN);
  }

  /** With a reward model whose value for what was logged is given apart. */
  public SideInformation withRewardModel(ItemFunction q, double logged) {
    return and(known(q, logged, null, null, Double.NaN, null, Double.NaN, -1, null, null));
  }

  /** With the whole row of the logging policy. */
  public SideInformation withLoggingRow(double[] row) {
    return and(known(null, Double.NaN, row, null, Double.NaN, null, Double.NaN, -1, null, null));
  }

  /** With clusters, and π₀(c|x) or NaN. */
  public SideInformation withClusters(int[] clusters, double p) {
    return and(known(null, Double.NaN, null, clusters, p, null, Double.NaN, -1, null, null));
  }

  /** With the items the policy may choose, and π₀(Φ|x) or NaN. */
  public SideInformation withSelection(int[] items, double p) {
    return and(known(null, Double.NaN, null, null, Double.NaN, items, p, -1, null, null));
  }

  /** With the embedding drawn for the logged item. */
  public SideInformation withEmbedding(int drawn, double[][] given) {
    double none = Double.NaN;
    return and(known(null, none, null, null, none, null, none, drawn, given, null));
  }

  /** With a discrete key of the context. */
  public SideInformation withState(Object key) {
    double none = Double.NaN;
    return and(known(null, none, null, null, none, null, none, -1, null, key));
  }

  /** With n(s) / n(s, a). */
  public SideInformation withInverseFrequency(double value) {
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
        state,
        value);
  }

  private static SideInformation known(
      ItemFunction q,
      double logged,
      double[] row,
      int[] clusters,
      double clusterP,
      int[] items,
      double itemsP,
      int drawn,
      double[][] given,
      Object key) {
    return new SideInformation(
        q, logged, row, clusters, clusterP, items, itemsP, drawn, given, key, Double.NaN);
  }

  /** π₀(c|x) of an item's cluster. */
  public double clusterPropensityOf(int item) {
    if (!Double.isNaN(clusterPropensity)) {
      return clusterPropensity;
    }
    double sum = 0;
    for (int b = 0; b < clusterOfItem.length; b++) {
      sum += clusterOfItem[b] == clusterOfItem[item] ? loggingRow[b] : 0;
    }
    return Math.min(1, sum);
  }

  /** π₀(Φ|x), given or summed. */
  public double selectionPropensityOrSum() {
    if (!Double.isNaN(selectionPropensity)) {
      return selectionPropensity;
    }
    double sum = 0;
    for (int b : selection) {
      sum += loggingRow[b];
    }
    return sum;
  }

  /** π₀(e|x) = Σ_b π₀(b|x) p(e|b) of the drawn embedding. */
  public double embeddingPropensity() {
    double sum = 0;
    for (int b = 0; b < embeddingGivenItem.length; b++) {
      sum += loggingRow[b] * embeddingGivenItem[b][embedding];
    }
    return sum;
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
      case SELECTION -> selection != null;
      case SELECTION_PROPENSITY ->
          selection != null && (loggingRow != null || !Double.isNaN(selectionPropensity));
      case STATE -> state != null;
    };
  }

  /** Whether the logging policy can have done what was logged, seen through a field. */
  public boolean supports(Field field, int item) {
    return switch (field) {
      case CLUSTERS -> clusterPropensityOf(item) > 0;
      case EMBEDDING -> embeddingPropensity() > 0;
      case LOGGING_ROW -> loggingRow[item] > 0;
      case SELECTION_PROPENSITY ->
          Arrays.binarySearch(selection, item) < 0 || selectionPropensityOrSum() > 0;
      case PROPENSITY, UNCERTAINTY, REWARD_MODEL, SELECTION, STATE -> true;
    };
  }
}
