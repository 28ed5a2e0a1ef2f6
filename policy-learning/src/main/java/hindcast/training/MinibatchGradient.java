package hindcast.training;

import hindcast.catalogue.ItemEmbeddings;
import hindcast.feedback.Context;
import hindcast.gradient.MinibatchContexts;
import hindcast.gradient.MinibatchScoreGradient;
import hindcast.gradient.SoftmaxStatistics;
import hindcast.objective.Field;
import hindcast.objective.Objective;
import hindcast.objective.ScoredMinibatch;
import hindcast.objective.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The value and the gradient of an objective over a minibatch, in two passes: the first fits the
 * softmax of the minibatch once and keeps log π and the latent direction v; the second has the
 * objective turn the numbers of the whole minibatch into coefficients c, and adds up.
 *
 * <pre>
 *   gradient(Θ) = Σ_i x_i ⊗ (c_i v_i + (1/n) Cov_π(q_i − η f_i, β))
 * </pre>
 *
 * <p>Events without reward are not touched when the objective ignores them. The L2 term is not
 * here: it belongs to the parameters, not to a minibatch. Not safe for use by several threads.
 */
public final class MinibatchGradient {
  private final Objective objective;
  private final MinibatchScoreGradient scores;
  private final ItemEmbeddings embeddings;
  private final double[] h;
  private final double[] scratch;
  private final boolean needsModel;
  private double[][] directions = new double[0][];
  private double[][] modelTerms = new double[0][];
  private Context[] contexts = new Context[0];
  private int[] items = new int[0];
  private int[][] eligible = new int[0][];
  private int[][] support = new int[0][];
  private long[] keys = new long[0];
  private int[] eventOf = new int[0];

  /** A workspace for an objective over a catalogue. */
  public MinibatchGradient(
      Objective objective, MinibatchScoreGradient scores, ItemEmbeddings embeddings) {
    this.objective = objective;
    this.scores = scores;
    this.embeddings = embeddings;
    this.needsModel = objective.needs().contains(Field.REWARD_MODEL);
    this.h = new double[embeddings.dimension()];
    this.scratch = new double[embeddings.dimension()];
  }

  /** What fits the softmax. */
  public MinibatchScoreGradient scores() {
    return scores;
  }

  /** Scores every event under the parameters; the first pass. */
  public ScoredMinibatch score(List<Example> events, double[] theta) {
    reserve(events.size());
    scores.begin(events.stream().mapToInt(Example::item).toArray());
    ScoredMinibatch batch = new ScoredMinibatch(events.size());
    int fitted = gather(events, batch);
    scores.fit(theta, MinibatchContexts.of(fitted, contexts, items, eligible, support, keys));
    for (int j = 0; j < fitted; j++) {
      score(eventOf[j], events.get(eventOf[j]), scores.at(j), theta, batch);
    }
    if (objective.needs().contains(Field.STATE)) {
      countStates(events, batch);
    }
    return batch;
  }

  /** Collects the events whose softmax is needed; the others are complete after it. */
  private int gather(List<Example> events, ScoredMinibatch batch) {
    int fitted = 0;
    for (int i = 0; i < events.size(); i++) {
      Example example = events.get(i);
      Arrays.fill(directions[i], 0);
      batch.setUncertainty(i, example.uncertainty());
      if (example.reward() == 0 && objective.ignoresUnrewarded()) {
        batch.set(i, 0, example.propensity(), 0);
      } else if (objective.shape() == Shape.SELECTION && !isSelected(example)) {
        batch.setSelected(i, false);
        batch.set(i, example.reward(), example.propensity(), Double.NEGATIVE_INFINITY);
      } else {
        boolean selection = objective.shape() == Shape.SELECTION;
        contexts[fitted] = example.context();
        items[fitted] = example.item();
        eligible[fitted] = selection ? example.side().selection() : example.eligible();
        support[fitted] = needsModel ? example.side().rewardModel().support() : null;
        keys[fitted] = example.key();
        eventOf[fitted++] = i;
      }
    }
    return fitted;
  }

  private static boolean isSelected(Example example) {
    return Arrays.binarySearch(example.side().selection(), example.item()) >= 0;
  }

  /** Adds Σ_i x_i ⊗ (…) to a gradient, row-major d x L; the second pass. */
  public void add(List<Example> events, double[] coefficients, double[] gradient) {
    double share = 1.0 / events.size();
    for (int i = 0; i < events.size(); i++) {
      double c = coefficients[i];
      boolean model = objective.hasModelTerm();
      if (c != 0 || model) {
        for (int l = 0; l < scratch.length; l++) {
          scratch[l] = (c == 0 ? 0 : c * directions[i][l]) + (model ? share * modelTerms[i][l] : 0);
        }
        events.get(i).context().addOuter(1, scratch, gradient);
      }
    }
  }

  private void score(
      int i, Example event, SoftmaxStatistics softmax, double[] theta, ScoredMinibatch batch) {
    SideInformation side = event.side();
    double propensity = event.propensity();
    if (objective.shape() == Shape.SELECTION) {
      propensity /= side.selectionPropensityOrSum();
    }
    double[] direction = directions[i];
    double logProbability;
    switch (objective.shape()) {
      case CLUSTER -> {
        int[] clusters = side.clusterOfItem();
        int cluster = clusters[event.item()];
        double mass =
            Math.min(1, softmax.covariance(b -> clusters[b] == cluster ? 1 : 0, direction));
        divide(direction, mass);
        logProbability = Math.log(mass);
        propensity = side.clusterPropensityOf(event.item());
      }
      case EMBEDDING -> {
        double[][] table = side.embeddingGivenItem();
        int e = side.embedding();
        double mass = softmax.covariance(b -> table[b][e], direction);
        divide(direction, mass);
        logProbability = Math.log(mass);
        propensity = side.embeddingPropensity();
      }
      default -> {
        logProbability = softmax.logProbability();
        softmax.direction(direction);
      }
    }
    batch.set(i, event.reward(), propensity, logProbability);
    scoreExtras(i, event, softmax, theta, batch);
  }

  private void scoreExtras(
      int i, Example event, SoftmaxStatistics softmax, double[] theta, ScoredMinibatch batch) {
    SideInformation side = event.side();
    if (needsModel) {
      double mean = softmax.covariance(side.rewardModel(), modelTerms[i]);
      double logged = side.loggedReward();
      batch.setModel(i, Double.isNaN(logged) ? side.rewardModel().at(event.item()) : logged, mean);
    }
    if (objective.entropyWeight() != 0) {
      batch.setEntropy(i, softmax.entropy());
      event.context().project(theta, h.length, h);
      softmax.covariance(b -> embeddings.score(b, h), scratch);
      for (int l = 0; l < scratch.length; l++) {
        modelTerms[i][l] -= objective.entropyWeight() * scratch[l];
      }
    }
    if (objective.needs().contains(Field.LOGGING_ROW)) {
      event.context().project(theta, h.length, h);
      double logZ = softmax.logZ();
      double[] row = side.loggingRow();
      batch.setWeightVariance(
          i, softmax.covariance(b -> Math.exp(embeddings.score(b, h) - logZ) / row[b], scratch));
    }
    if (objective.needs().contains(Field.SELECTION) && objective.shape() != Shape.SELECTION) {
      batch.setSelected(i, isSelected(event));
    }
  }

  private static void divide(double[] vector, double mass) {
    for (int l = 0; l < vector.length; l++) {
      vector[l] = mass > 0 ? vector[l] / mass : 0;
    }
  }

  private static void countStates(List<Example> events, ScoredMinibatch batch) {
    record Cell(Object state, int item) {}
    Map<Object, Integer> states = new HashMap<>();
    Map<Cell, Integer> cells = new HashMap<>();
    for (Example event : events) {
      Object state = Objects.requireNonNull(event.side().state());
      states.merge(state, 1, Integer::sum);
      cells.merge(new Cell(state, event.item()), 1, Integer::sum);
    }
    for (int i = 0; i < events.size(); i++) {
      SideInformation side = events.get(i).side();
      double known = side.inverseFrequency();
      int cell = cells.get(new Cell(side.state(), events.get(i).item()));
      batch.setInverseFrequency(
          i, Double.isNaN(known) ? (double) states.get(side.state()) / cell : known);
    }
  }

  private void reserve(int events) {
    if (directions.length < events) {
      directions = new double[events][embeddings.dimension()];
      contexts = new Context[events];
      items = new int[events];
      eligible = new int[events][];
      support = new int[events][];
      keys = new long[events];
      eventOf = new int[events];
    }
    if (objective.hasModelTerm() && modelTerms.length < events) {
      modelTerms = new double[events][embeddings.dimension()];
    }
  }
}
