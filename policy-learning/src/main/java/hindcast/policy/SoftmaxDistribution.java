package hindcast.policy;

import hindcast.catalogue.ItemEmbeddings;
import hindcast.feedback.Context;
import hindcast.numeric.ExponentialKernel;
import java.util.Arrays;

/**
 * The softmax over the items of one context, computed once and asked many things. A workspace: fit
 * it to a context, read it, fit it to the next; nothing is allocated between. Not safe for use by
 * several threads.
 *
 * <pre>
 *   h = Θᵀx      f_a = h · β_a      Z = Σ_b e^{f_b}      π(a|x) = e^{f_a} / Z
 * </pre>
 *
 * <p>Sums run over the eligible items, or over the whole catalogue; an item that is not eligible
 * has probability 0. Scores of any finite size are safe: the largest is subtracted before the
 * exponential, and log π(a|x) is always f_a − log Z.
 */
public final class SoftmaxDistribution {
  private final ItemEmbeddings embeddings;
  private final double[] h;
  private final double[] scores;
  private final double[] weights;
  private final double[] scratch;
  private int[] items;
  private int count;
  private int best;
  private double largest;
  private double sum;
  private double logZ;

  /** A workspace for a catalogue. */
  public SoftmaxDistribution(ItemEmbeddings embeddings) {
    this.embeddings = embeddings;
    this.h = new double[embeddings.dimension()];
    this.scores = new double[embeddings.size()];
    this.weights = new double[embeddings.size()];
    this.scratch = new double[embeddings.size()];
  }

  /**
   * Computes scores, Z and the weights of every item.
   *
   * @param theta Θ, row-major d x L
   * @param context x
   * @param eligible item indexes, increasing, at least one; null for the whole catalogue
   */
  public void fit(double[] theta, Context context, int[] eligible) {
    score(theta, context, eligible);
    sum = ExponentialKernel.exponentials(scores, count, 1, largest, weights, scratch);
    logZ = largest + Math.log(sum);
  }

  /** Computes scores and the best item only: enough for {@link #best} and {@link #sharpened}. */
  public void score(double[] theta, Context context, int[] eligible) {
    context.project(theta, h.length, h);
    items = eligible;
    if (eligible == null) {
      count = embeddings.size();
      embeddings.scores(h, scores);
    } else {
      count = eligible.length;
      embeddings.scores(h, eligible, count, scores);
    }
    if (count == 0) {
      throw new IllegalArgumentException("a softmax needs at least one eligible item");
    }
    int slot = 0;
    for (int j = 1; j < count; j++) {
      if (scores[j] > scores[slot]) {
        slot = j;
      }
    }
    best = slot;
    largest = scores[slot];
  }

  /** h, the user vector; read only. */
  public double[] latent() {
    return h;
  }

  /** How many items the softmax runs over. */
  public int count() {
    return count;
  }

  /** The item at a place of {@link #scores}. */
  public int item(int slot) {
    return items == null ? slot : items[slot];
  }

  /** The place of an item in {@link #scores}, or a negative number if it is not eligible. */
  public int slot(int item) {
    return items == null ? item : Arrays.binarySearch(items, item);
  }

  /** f by place; the first {@link #count} numbers; read only. */
  public double[] scores() {
    return scores;
  }

  /** e^{f − max f} by place: π times {@link #weightSum}; read only. */
  public double[] weights() {
    return weights;
  }

  /** Σ e^{f − max f}. */
  public double weightSum() {
    return sum;
  }

  /** log Z. */
  public double logZ() {
    return logZ;
  }

  /** π(a|x). */
  public double probability(int item) {
    return Math.exp(logProbability(item));
  }

  /** log π(a|x) = f_a − log Z, at most 0; minus infinity for an item that is not eligible. */
  public double logProbability(int item) {
    int slot = slot(item);
    return slot < 0 ? Double.NEGATIVE_INFINITY : Math.min(0, scores[slot] - logZ);
  }

  /** Writes π by place. */
  public void probabilities(double[] out) {
    for (int j = 0; j < count; j++) {
      out[j] = weights[j] / sum;
    }
  }

  /** −Σ π log π, with log π = f − log Z. */
  public double entropy() {
    double mean = 0;
    for (int j = 0; j < count; j++) {
      mean += weights[j] * (scores[j] - largest);
    }
    return Math.max(0, Math.log(sum) - mean / sum);
  }

  /** Writes β̄ = Σ_b π(b|x) β_b. */
  public void meanEmbedding(double[] out) {
    if (items == null) {
      embeddings.weightedSum(weights, out);
    } else {
      embeddings.weightedSum(items, count, weights, out);
    }
    for (int l = 0; l < h.length; l++) {
      out[l] /= sum;
    }
  }

  /** The item of largest score, the first of several. */
  public int best() {
    return item(best);
  }

  /**
   * The probability of an item when every score is multiplied by {@code factor}; overwrites {@link
   * #weights}.
   */
  public double sharpened(int item, double factor) {
    int slot = slot(item);
    if (slot < 0) {
      return 0;
    }
    double total = ExponentialKernel.exponentials(scores, count, factor, largest, weights, scratch);
    return Math.min(1, Math.exp(factor * (scores[slot] - largest)) / total);
  }

  /**
   * The probability of some items together when every score is multiplied by {@code factor};
   * overwrites {@link #weights}.
   *
   * @param wanted indexes, increasing
   */
  public double sharpenedMass(int[] wanted, double factor) {
    double total = ExponentialKernel.exponentials(scores, count, factor, largest, weights, scratch);
    double mass = 0;
    if (items == null) {
      for (int item : wanted) {
        mass += weights[item];
      }
    } else {
      for (int slot = 0; slot < count; slot++) {
        mass += Arrays.binarySearch(wanted, items[slot]) < 0 ? 0 : weights[slot];
      }
    }
    return Math.min(1, mass / total);
  }
}
