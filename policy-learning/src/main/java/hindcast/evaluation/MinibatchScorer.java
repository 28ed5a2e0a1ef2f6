package hindcast.evaluation;

import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.feedback.Context;
import hindcast.gradient.EventByEvent;
import hindcast.gradient.ExactMinibatchGradient;
import hindcast.gradient.ExactScoreGradient;
import hindcast.gradient.ItemFunction;
import hindcast.gradient.MinibatchContexts;
import hindcast.gradient.MinibatchScoreGradient;
import hindcast.gradient.PartitionForm;
import hindcast.gradient.PartitionGradient;
import hindcast.policy.PolicyForm;
import hindcast.policy.PolicyParameters;
import java.util.List;

/**
 * π(a|x) of the logged items of a minibatch under several frozen versions of a policy, each played
 * in several forms, together:
 *
 * <pre>
 *   softmax      h = Θᵀx            sharpened:k   h = k Θᵀx            greedy   1 if a is argmax h · β
 * </pre>
 *
 * <p>Softmax and sharpened are the same softmax at another h, so all versions, forms and events are
 * one minibatch of user vectors, and the catalogue is read once for all of them. The sums are
 * exact, or estimated over a partition; then {@link #relativeBias} says by which share 1/Ẑ is too
 * large in the mean, about Var(Ẑ)/Z². Greedy is always decided exactly: an item with a larger score
 * found by the partition decides it, and where none is found every item is searched.
 *
 * <p>Of equal scores the item of smaller index is the best. A workspace: what it says holds until
 * the next {@link #score}. Not safe for use by several threads.
 */
public final class MinibatchScorer {
  private static final int AFFORDABLE = 50_000;

  private final CatalogueIndexes indexes;
  private final ItemEmbeddings embeddings;
  private final MinibatchScoreGradient softmax;
  private final double[] identity;
  private final double[] h;
  private final int[] best = new int[1];
  private List<PolicyForm> forms = List.of();
  private int events;
  private int softForms;
  private double[] probabilities = {};
  private double[] biases = {};

  /** A scorer that sums exactly up to 50,000 items and estimates above. */
  public MinibatchScorer(CatalogueIndexes indexes) {
    this(indexes, indexes.embeddings().size() > AFFORDABLE ? PartitionForm.STANDARD : null);
  }

  /**
   * A scorer.
   *
   * @param indexes the searches over the catalogue
   * @param form how to estimate; null for exact sums
   */
  public MinibatchScorer(CatalogueIndexes indexes, PartitionForm form) {
    this.indexes = indexes;
    this.embeddings = indexes.embeddings();
    this.softmax = form == null ? exact(embeddings) : estimate(indexes, form);
    int dimension = embeddings.dimension();
    this.h = new double[dimension];
    this.identity = new double[dimension * dimension];
    for (int l = 0; l < dimension; l++) {
      identity[l * dimension + l] = 1;
    }
  }

  private static MinibatchScoreGradient exact(ItemEmbeddings embeddings) {
    return embeddings instanceof PackedEmbeddings packed
        ? new ExactMinibatchGradient(packed)
        : new EventByEvent("exact", new ExactScoreGradient(embeddings));
  }

  private static MinibatchScoreGradient estimate(CatalogueIndexes indexes, PartitionForm form) {
    return new PartitionGradient(indexes.partition(), form, true);
  }

  /**
   * Scores a minibatch.
   *
   * @param versions Θ of each version
   * @param played the forms
   * @param n how many events
   * @param contexts x; of the dimension of every version
   * @param logged index of the logged item
   * @param eligible item indexes, increasing; null for the whole catalogue
   * @param keys key of each event's random numbers
   */
  public void score(
      List<PolicyParameters> versions,
      List<PolicyForm> played,
      int n,
      Context[] contexts,
      int[] logged,
      int[][] eligible,
      long[] keys) {
    forms = List.copyOf(played);
    events = n;
    softForms = (int) forms.stream().filter(MinibatchScorer::isSoft).count();
    probabilities = new double[versions.size() * forms.size() * n];
    biases = new double[probabilities.length];
    int queries = versions.size() * softForms * n;
    Context[] vectors = new Context[queries];
    int[] asked = new int[queries];
    int[][] lists = new int[queries][];
    long[] numbers = new long[queries];
    int query = 0;
    for (int v = 0; v < versions.size(); v++) {
      for (int f = 0; f < forms.size(); f++) {
        for (int i = 0; i < n; i++) {
          project(versions.get(v), contexts[i], forms.get(f).factor());
          if (isSoft(forms.get(f))) {
            vectors[query] = single();
            asked[query] = logged[i];
            lists[query] = eligible[i];
            numbers[query++] = keys[i];
          } else {
            probabilities[at(v, f, i)] = isBest(logged[i], eligible[i]) ? 1 : 0;
          }
        }
      }
    }
    softmax.fit(
        identity,
        MinibatchContexts.of(queries, vectors, asked, lists, new int[queries][], numbers));
    read(versions.size());
  }

  private void read(int versions) {
    for (int v = 0; v < versions; v++) {
      for (int f = 0; f < forms.size(); f++) {
        for (int i = 0; i < events && isSoft(forms.get(f)); i++) {
          int query = query(v, f, i);
          probabilities[at(v, f, i)] = Math.exp(softmax.at(query).logProbability());
          biases[at(v, f, i)] =
              softmax instanceof PartitionGradient estimate ? estimate.relativeVariance(query) : 0;
        }
      }
    }
  }

  private void project(PolicyParameters version, Context context, double factor) {
    context.project(version.theta(), h.length, h);
    for (int l = 0; l < h.length; l++) {
      h[l] *= factor;
    }
  }

  private Context single() {
    float[] vector = new float[h.length];
    for (int l = 0; l < h.length; l++) {
      vector[l] = (float) h[l];
    }
    return Context.dense(vector);
  }

  private boolean isBest(int item, int[] eligible) {
    double score = embeddings.score(item, h);
    if (eligible != null) {
      for (int b : eligible) {
        if (beats(b, embeddings.score(b, h), item, score)) {
          return false;
        }
      }
      return true;
    }
    if (softmax instanceof PartitionGradient) {
      int found = indexes.partition().topK(h, 1, best);
      if (found > 0 && beats(best[0], embeddings.score(best[0], h), item, score)) {
        return false;
      }
    }
    indexes.exact().topK(h, 1, best);
    return best[0] == item || !beats(best[0], embeddings.score(best[0], h), item, score);
  }

  private static boolean beats(int other, double score, int item, double itemScore) {
    return score > itemScore || (score == itemScore && other < item);
  }

  private static boolean isSoft(PolicyForm form) {
    return form.kind() != PolicyForm.Kind.GREEDY;
  }

  private int at(int version, int form, int event) {
    return (version * forms.size() + form) * events + event;
  }

  private int query(int version, int form, int event) {
    int soft = (int) forms.subList(0, form).stream().filter(MinibatchScorer::isSoft).count();
    return (version * softForms + soft) * events + event;
  }

  /** π(a|x) of the logged item, in [0, 1]. */
  public double probability(int version, int form, int event) {
    return probabilities[at(version, form, event)];
  }

  /** By which share {@link #probability} is too large in the mean; 0 where it is exact. */
  public double relativeBias(int version, int form, int event) {
    return biases[at(version, form, event)];
  }

  /**
   * The probability that one of some items is shown, such as those newer than a policy's log; for
   * softmax and sharpened forms. Items that are not eligible must not be among them.
   */
  public double mass(int version, int form, int event, int[] among) {
    if (!isSoft(forms.get(form))) {
      throw new IllegalArgumentException(
          "mass needs a softmax or sharpened form: " + forms.get(form));
    }
    double mass =
        softmax
            .at(query(version, form, event))
            .covariance(ItemFunction.within(among, a -> 1), new double[h.length]);
    return Math.min(1, mass);
  }
}
