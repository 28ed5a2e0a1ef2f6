package hindcast.training;

import hindcast.catalogue.ItemEmbeddings;
import hindcast.gradient.ScoreGradient;
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
 * softmax of every event once and keeps log π and the latent direction v; the second has the
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
  private final ScoreGradient scores;
  private final ItemEmbeddings embeddings;
  private final double[] h;
  private final double[] scratch;
  private double[][] directions = new double[0][];
  private double[][] modelTerms = new double[0][];

  /** A workspace for an objective over a catalogue. */
  public MinibatchGradient(Objective objective, ScoreGradient scores, ItemEmbeddings embeddings) {
    this.objective = objective;
    this.scores = scores;
    this.embeddings = embeddings;
    this.h = new double[embeddings.dimension()];
    this.scratch = new double[embeddings.dimension()];
  }

  /** Scores every event under the parameters; the first pass. */
  public ScoredMinibatch score(List<Example> events, double[] theta) {
    reserve(events.size());
    scores.begin(events.stream().mapToInt(Example::item).toArray());
    ScoredMinibatch batch = new ScoredMinibatch(events.size());
    for (int i = 0; i < events.size(); i++) {
      Example event = events.get(i);
      Arrays.fill(directions[i], 0);
      if (event.reward() == 0 && objective.ignoresUnrewarded()) {
        batch.set(i, 0, event.propensity(), 0);
      } else {
        score(i, event, theta, batch);
      }
      batch.setUncertainty(i, event.uncertainty());
    }
    if (objective.needs().contains(Field.STATE)) {
      countStates(events, batch);
    }
    return batch;
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

  private void score(int i, Example event, double[] theta, ScoredMinibatch batch) {
    SideInformation side = event.side();
    double propensity = event.propensity();
    double[] direction = directions[i];
    if (objective.shape() == Shape.SELECTION) {
      boolean selected = Arrays.binarySearch(side.selection(), event.item()) >= 0;
      batch.setSelected(i, selected);
      if (!selected) {
        batch.set(i, event.reward(), propensity, Double.NEGATIVE_INFINITY);
        return;
      }
      scores.fit(theta, event.context(), event.item(), side.selection(), event.key());
      propensity /= side.selectionPropensityOrSum();
    } else {
      scores.fit(theta, event.context(), event.item(), event.eligible(), event.key());
    }
    double logProbability;
    switch (objective.shape()) {
      case CLUSTER -> {
        int[] clusters = side.clusterOfItem();
        int cluster = clusters[event.item()];
        double mass =
            Math.min(1, scores.covariance(b -> clusters[b] == cluster ? 1 : 0, direction));
        divide(direction, mass);
        logProbability = Math.log(mass);
        propensity = side.clusterPropensityOf(event.item());
      }
      case EMBEDDING -> {
        double[][] table = side.embeddingGivenItem();
        int e = side.embedding();
        double mass = scores.covariance(b -> table[b][e], direction);
        divide(direction, mass);
        logProbability = Math.log(mass);
        propensity = side.embeddingPropensity();
      }
      default -> {
        logProbability = scores.logProbability();
        scores.direction(direction);
      }
    }
    batch.set(i, event.reward(), propensity, logProbability);
    scoreExtras(i, event, theta, batch);
  }

  private void scoreExtras(int i, Example event, double[] theta, ScoredMinibatch batch) {
    SideInformation side = event.side();
    if (objective.needs().contains(Field.REWARD_MODEL)) {
      double mean = scores.covariance(side.rewardModel(), modelTerms[i]);
      double logged = side.loggedReward();
      batch.setModel(i, Double.isNaN(logged) ? side.rewardModel().at(event.item()) : logged, mean);
    }
    if (objective.entropyWeight() != 0) {
      batch.setEntropy(i, scores.entropy());
      event.context().project(theta, h.length, h);
      scores.covariance(b -> embeddings.score(b, h), scratch);
      for (int l = 0; l < scratch.length; l++) {
        modelTerms[i][l] -= objective.entropyWeight() * scratch[l];
      }
    }
    if (objective.needs().contains(Field.LOGGING_ROW)) {
      event.context().project(theta, h.length, h);
      double logZ = scores.logZ();
      double[] row = side.loggingRow();
      batch.setWeightVariance(
          i, scores.covariance(b -> Math.exp(embeddings.score(b, h) - logZ) / row[b], scratch));
    }
    if (objective.needs().contains(Field.SELECTION) && objective.shape() != Shape.SELECTION) {
      batch.setSelected(i, Arrays.binarySearch(side.selection(), event.item()) >= 0);
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
    }
    if (objective.hasModelTerm() && modelTerms.length < events) {
      modelTerms = new double[events][embeddings.dimension()];
    }
  }
}
