package hindcast.evaluation;

import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.MaximumInnerProductIndex;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.gradient.PartitionedProbabilities;
import hindcast.numeric.CounterBasedRandom;
import hindcast.policy.PolicyForm;
import hindcast.policy.PolicyParameters;
import hindcast.policy.SoftmaxPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Scores a softmax policy over a large catalogue, every form of it in one pass over the minibatch:
 *
 * <ul>
 *   <li>softmax and sharpened: h and k h are two user vectors whose Z is estimated side by side
 *       ({@link PartitionedProbabilities}), once for all events of the same context, with the
 *       relative bias of 1/Ẑ reported;
 *   <li>greedy and epsilon: exact. An item with a larger score than the logged one, looked for
 *       among the densest clusters, proves that it is not the best; only where none is found all
 *       items are searched, and the best item of the context is remembered, for {@value
 *       #REMEMBERED} contexts.
 * </ul>
 *
 * <p>Events with a list of eligible items are summed exactly over the list. An item the catalogue
 * does not know has probability 0; a context of another dimension is left undefined. The mass on
 * items newer than the log is measured, except under the greedy and epsilon forms, where there is
 * no list for the first {@value #MEASURED} such events of a minibatch.
 */
public final class PartitionPolicyScorer implements PolicyScorer {
  private static final int MEASURED = 16;
  private static final int GREEDY_BUDGET = 512;
  private static final int REMEMBERED = 4096;

  private final PolicyParameters parameters;
  private final ItemCatalogue catalogue;
  private final SoftmaxPolicy overLists;
  private final PolicyForm[] forms;
  private final double[] factors;
  private final int[] newItems;
  private final long seed;
  private final PartitionedProbabilities probabilities;
  private final MaximumInnerProductIndex nearby;
  private final MaximumInnerProductIndex exact;
  private final Map<Context, Integer> bestItems =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Context, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };
  private double[][] latent = new double[0][];
  private int[] items = new int[0];
  private int[] events = new int[0];

  /**
   * A scorer.
   *
   * @param parameters Θ of the frozen version
   * @param catalogue the items
   * @param indexes the searches over them
   * @param newItems indexes of items newer than the version's log, increasing
   * @param seed of the draws of the tail
   * @param forms the forms, in the order of the scores
   */
  public PartitionPolicyScorer(
      PolicyParameters parameters,
      ItemCatalogue catalogue,
      CatalogueIndexes indexes,
      int[] newItems,
      long seed,
      PolicyForm... forms) {
    this.parameters = parameters;
    this.catalogue = catalogue;
    this.overLists = new SoftmaxPolicy(parameters, catalogue);
    this.forms = forms.clone();
    this.factors =
        Arrays.stream(forms)
            .filter(form -> !form.isNearlyGreedy())
            .mapToDouble(PolicyForm::factor)
            .distinct()
            .toArray();
    this.newItems = newItems.clone();
    this.seed = seed;
    this.probabilities = new PartitionedProbabilities(indexes.partition());
    this.nearby = indexes.partition().search(GREEDY_BUDGET);
    this.exact = indexes.exact();
  }

  @Override
  public void score(List<LoggedFeedback> minibatch, PolicyScores scores) {
    reserve(minibatch.size());
    int count = 0;
    for (int i = 0; i < minibatch.size(); i++) {
      LoggedFeedback feedback = minibatch.get(i);
      if (feedback.context().dimension() != parameters.contextDimension()) {
        continue;
      }
      int item = catalogue.indexOf(feedback.itemId());
      if (item < 0 || feedback.eligibleItemIds() != null) {
        overList(i, feedback, scores);
      } else {
        feedback.context().project(parameters.theta(), latent[count].length, latent[count]);
        items[count] = item;
        events[count++] = i;
      }
    }
    if (count > 0) {
      softmax(count, minibatch, scores);
      greedy(count, minibatch, scores);
    }
  }

  private void overList(int event, LoggedFeedback feedback, PolicyScores scores) {
    double[] exactly = overLists.formProbabilities(feedback, forms);
    for (int form = 0; form < forms.length; form++) {
      scores.set(event, form, exactly[form]);
    }
    int[] eligible = catalogue.indexesOf(feedback.eligibleItemIds());
    if (newItems.length > 0 && eligible != null && eligible.length > 0) {
      double[] masses = overLists.formMasses(feedback.context(), newItems, eligible, forms);
      for (int form = 0; form < forms.length; form++) {
        scores.setNewItemMass(event, form, masses[form]);
      }
    }
  }

  private void softmax(int count, List<LoggedFeedback> minibatch, PolicyScores scores) {
    int[] contextOf = new int[count];
    List<List<Integer>> members = distinct(count, minibatch, contextOf);
    int contexts = members.size();
    double[][] vectors = new double[factors.length * contexts][];
    int[][] wanted = new int[vectors.length][];
    for (int c = 0; c < contexts; c++) {
      int[] logged = members.get(c).stream().mapToInt(j -> items[j]).toArray();
      for (int k = 0; k < factors.length; k++) {
        vectors[k * contexts + c] = scaled(latent[members.get(c).get(0)], factors[k]);
        wanted[k * contexts + c] = logged;
      }
    }
    long key = CounterBasedRandom.key(seed, "evaluation", 0, minibatch.get(0).impressionId());
    probabilities.fit(vectors, wanted, vectors.length, key);
    for (int form = 0; form < forms.length; form++) {
      if (!forms[form].isNearlyGreedy()) {
        int first = contexts * indexOf(forms[form].factor());
        for (int j = 0; j < count; j++) {
          set(j, form, first + contextOf[j], vectors, scores);
        }
      }
    }
  }

  private void set(int j, int form, int vector, double[][] vectors, PolicyScores scores) {
    double score = catalogue.embeddings().score(items[j], vectors[vector]);
    double logProbability = Math.min(0, score - probabilities.logZ(vector));
    scores.set(events[j], form, Math.exp(logProbability));
    scores.setRelativeBias(events[j], form, probabilities.relativeBias(vector));
    if (newItems.length > 0 && j < MEASURED) {
      scores.setNewItemMass(events[j], form, newItemMass(vectors[vector], vector));
    }
  }

  /** The events of each different context, in order of appearance. */
  private List<List<Integer>> distinct(int count, List<LoggedFeedback> minibatch, int[] contextOf) {
    Map<Context, Integer> numbers = new HashMap<>();
    List<List<Integer>> members = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      Integer number = numbers.putIfAbsent(minibatch.get(events[j]).context(), members.size());
      if (number == null) {
        number = members.size();
        members.add(new ArrayList<>());
      }
      members.get(number).add(j);
      contextOf[j] = number;
    }
    return members;
  }

  private static double[] scaled(double[] vector, double factor) {
    double[] scaled = vector.clone();
    for (int l = 0; l < scaled.length; l++) {
      scaled[l] *= factor;
    }
    return scaled;
  }

  private int indexOf(double factor) {
    int k = 0;
    while (factors[k] != factor) {
      k++;
    }
    return k;
  }

  private double newItemMass(double[] h, int vector) {
    double mass = 0;
    for (int item : newItems) {
      mass += Math.exp(catalogue.embeddings().score(item, h) - probabilities.logZ(vector));
    }
    return Math.min(1, mass);
  }

  private void greedy(int count, List<LoggedFeedback> minibatch, PolicyScores scores) {
    for (int form = 0; form < forms.length; form++) {
      if (forms[form].isNearlyGreedy()) {
        for (int j = 0; j < count; j++) {
          Integer best = bestItems.get(minibatch.get(events[j]).context());
          scores.set(events[j], form, played(form, best != null && best == items[j]));
        }
        int unknown = moveForward(count, j -> !remembered(minibatch, j));
        setBest(form, undecided(unknown), minibatch, scores);
      }
    }
  }

  /** Of an item that is the best one or not, where every item is eligible. */
  private double played(int form, boolean isBest) {
    double epsilon = forms[form].exploration();
    return epsilon / catalogue.size() + (isBest ? 1 - epsilon : 0);
  }

  private boolean remembered(List<LoggedFeedback> minibatch, int j) {
    return bestItems.containsKey(minibatch.get(events[j]).context());
  }

  /** Moves the events without a proof to the front and returns how many they are. */
  private int undecided(int count) {
    int[][] found = new int[count][1];
    nearby.topK(latent, count, 1, found);
    boolean[] proved = new boolean[count];
    for (int j = 0; j < count; j++) {
      double best = catalogue.embeddings().score(found[j][0], latent[j]);
      proved[j] = best > catalogue.embeddings().score(items[j], latent[j]);
    }
    return moveForward(count, j -> !proved[j]);
  }

  /** Moves the wanted of the first events to the front, in order, and returns how many they are. */
  private int moveForward(int count, IntPredicate wanted) {
    int front = 0;
    for (int j = 0; j < count; j++) {
      if (wanted.test(j)) {
        double[] swap = latent[front];
        latent[front] = latent[j];
        latent[j] = swap;
        items[front] = items[j];
        events[front++] = events[j];
      }
    }
    return front;
  }

  private void setBest(int form, int count, List<LoggedFeedback> minibatch, PolicyScores scores) {
    int[][] best = new int[count][1];
    exact.topK(latent, count, 1, best);
    for (int j = 0; j < count; j++) {
      scores.set(events[j], form, played(form, best[j][0] == items[j]));
      bestItems.put(minibatch.get(events[j]).context(), best[j][0]);
    }
  }

  private void reserve(int size) {
    if (latent.length < size) {
      latent = new double[size][parameters.embeddingDimension()];
      items = new int[size];
      events = new int[size];
    }
  }
}
