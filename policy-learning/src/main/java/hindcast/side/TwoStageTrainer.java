package hindcast.side;

import hindcast.catalogue.ItemCatalogue;
import hindcast.feedback.LoggedFeedback;
import hindcast.feedback.Rejection;
import hindcast.propensity.Propensity;
import hindcast.reward.TwoStepRegression;
import hindcast.training.LearnerSettings;
import hindcast.training.MinibatchTrainer;
import hindcast.training.SideInformation;
import hindcast.training.SideInformationSource;
import hindcast.training.StepResult;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Learns POTEC's two stages from a stream, a minibatch a step:
 *
 * <ol>
 *   <li>the first stage, a softmax over clusters, by the objective {@code POTEC}: the item becomes
 *       its cluster, p becomes π₀(c|x) of the estimated logging row, f is the prediction for the
 *       logged item and f₂ that for the best item of each cluster, both from before the minibatch;
 *   <li>then the {@link TwoStepRegression}: pairs with the last {@value #PAIRS} events of the same
 *       segment and cluster, and the baseline.
 * </ol>
 *
 * <p>Feedback that can't be used is counted by reason. Predicting f₂ costs O(P L) an event. The
 * state that {@link #write} writes is complete.
 *
 * <p>Source: Saito, Yao and Joachims 2025; baselines 3.
 */
public final class TwoStageTrainer {
  private static final int PAIRS = 8;

  private final ItemCatalogue items;
  private final ItemClusters clusters;
  private final int contextDimension;
  private final TwoStepRegression regression;
  private final RecentPairs pairs = new RecentPairs(PAIRS);
  private final LoggingRowSource rows;
  private final Map<String, SideInformation> predictions = new HashMap<>();
  private final MinibatchTrainer firstStage;

  /**
   * A trainer at its start.
   *
   * @param learner how the first stage learns; its objective must be {@code POTEC}
   * @param side clusters, counts, seed, and the steps of the regression
   * @param policyId name of the policy
   * @param contextDimension d
   * @param items the catalogue
   */
  public TwoStageTrainer(
      LearnerSettings learner,
      SideSettings side,
      String policyId,
      int contextDimension,
      ItemCatalogue items) {
    if (!learner.objective().equals("POTEC")) {
      throw new IllegalArgumentException(
          "a two-stage trainer needs the objective POTEC: " + learner.objective());
    }
    this.items = items;
    this.contextDimension = contextDimension;
    clusters = ItemClusters.of(items.embeddings(), side.clusters(), side.seed());
    regression =
        new TwoStepRegression(
            contextDimension,
            items.embeddings(),
            clusters.centers(),
            clusters.clusterOfItem(),
            side.rewardLearningRate(),
            side.rewardL2());
    rows = new LoggingRowSource(items, side.halfLifeMicros(), side.priorStrength());
    String[] names = new String[clusters.count()];
    Arrays.setAll(names, TwoStageTrainer::name);
    ItemCatalogue ofClusters =
        new ItemCatalogue(items.version(), items.embeddingSpace(), names, clusters.centers());
    SideInformationSource known = feedback -> predictions.get(feedback.impressionId());
    firstStage = new MinibatchTrainer(learner, policyId, contextDimension, ofClusters, null, known);
  }

  private static String name(int cluster) {
    return "cluster-" + cluster;
  }

  /** Makes one step of both stages. */
  public StepResult step(List<LoggedFeedback> minibatch) {
    Map<String, Long> skipped = new TreeMap<>();
    List<LoggedFeedback> usable = new ArrayList<>();
    List<LoggedFeedback> ofClusters = new ArrayList<>();
    predictions.clear();
    for (LoggedFeedback feedback : minibatch) {
      String reason = whyUnusable(feedback);
      if (reason == null) {
        usable.add(feedback);
        ofClusters.add(toCluster(feedback));
      } else {
        skipped.merge(reason, 1L, Long::sum);
      }
    }
    StepResult result = firstStage.step(ofClusters);
    usable.forEach(this::regress);
    rows.learn(usable);
    result.skipped().forEach((reason, count) -> skipped.merge(reason, count, Long::sum));
    return new StepResult(
        result.applied(), result.objectiveValue(), result.gradientNorm(), result.used(), skipped);
  }

  private String whyUnusable(LoggedFeedback feedback) {
    int item = items.indexOf(feedback.itemId());
    if (item < 0) {
      return Rejection.INVALID_ITEM + ": not in the catalogue";
    }
    if (feedback.context().dimension() != contextDimension) {
      return Rejection.INVALID_CONTEXT + ": another dimension";
    }
    int[] eligible = items.indexesOf(feedback.eligibleItemIds());
    return eligible != null && Arrays.binarySearch(eligible, item) < 0
        ? Rejection.ITEM_NOT_ELIGIBLE.name()
        : null;
  }

  private LoggedFeedback toCluster(LoggedFeedback feedback) {
    int item = items.indexOf(feedback.itemId());
    int[] eligible = items.indexesOf(feedback.eligibleItemIds());
    double[] x = feedback.context().toArray();
    int[] best = LearnedTwoStagePolicy.bestOfClusters(regression, x, clusters, eligible);
    double[] ofBest = new double[best.length];
    for (int c = 0; c < best.length; c++) {
      ofBest[c] = best[c] < 0 ? 0 : regression.predict(x, best[c]);
    }
    predictions.put(
        feedback.impressionId(),
        SideInformation.NONE.withRewardModel(c -> ofBest[c], regression.predict(x, item)));
    double propensity =
        rows.of(feedback)
            .withClusters(clusters.clusterOfItem(), Double.NaN)
            .clusterPropensityOf(item);
    return new LoggedFeedback(
        feedback.impressionId(),
        feedback.eventTimeMicros(),
        feedback.segment(),
        feedback.context(),
        name(clusters.clusterOfItem()[item]),
        feedback.position(),
        eligible == null ? null : names(best),
        feedback.policyId(),
        feedback.policyVersion(),
        feedback.reward(),
        new Propensity(propensity, 0, Propensity.Source.ESTIMATED));
  }

  private static List<String> names(int[] best) {
    return List.copyOf(
        new TreeSet<>(
            IntStream.range(0, best.length)
                .filter(c -> best[c] >= 0)
                .mapToObj(TwoStageTrainer::name)
                .toList()));
  }

  private void regress(LoggedFeedback feedback) {
    int item = items.indexOf(feedback.itemId());
    double[] x = feedback.context().toArray();
    int cluster = clusters.clusterOfItem()[item];
    pairs.learn(regression, feedback.segment(), cluster, x, item, feedback.reward());
    regression.updateBaseline(x, item, feedback.reward());
  }

  /** The policy as it is now; it does not change when the trainer goes on. */
  public LearnedTwoStagePolicy policy() {
    return new LearnedTwoStagePolicy(items, clusters, firstStage.parameters(), regression.freeze());
  }

  /** The items' clusters. */
  public ItemClusters clusters() {
    return clusters;
  }

  /** Steps of the first stage. */
  public long steps() {
    return firstStage.steps();
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    firstStage.write(out);
    regression.write(out);
    pairs.write(out);
    rows.write(out);
  }

  /** Reads what {@link #write} of a trainer with the same settings wrote. */
  public void read(DataInput in) throws IOException {
    firstStage.read(in);
    regression.read(in);
    pairs.read(in);
    rows.read(in);
  }
}
