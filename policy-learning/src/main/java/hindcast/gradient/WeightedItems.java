package hindcast.gradient;

import hindcast.catalogue.ItemEmbeddings;
import java.util.Arrays;

/**
 * A sample of items that stands for a softmax: item j weighs ω_j, and sums over the catalogue
 * become sums over the sample (self-normalised importance sampling).
 *
 * <pre>
 *   Ẑ = Σ_j e^{u_j}      ω_j = e^{u_j} / Ẑ
 *   E[q] = Σ ω_j q_j     Cov(q, β) = Σ ω_j (q_j − E[q]) (β_j − β̄)
 * </pre>
 *
 * <p>u_j is the log weight of entry j: its score f for an item counted exactly, f − ln(S q) for one
 * of S draws from a proposal q. An item may appear several times. Log weights of any size are safe.
 *
 * <p>Source: FOPO paper; methods 4.1.
 */
public final class WeightedItems {
  private final ItemEmbeddings embeddings;
  private int[] items = new int[64];
  private double[] scores = new double[64];
  private double[] logWeights = new double[64];
  private double[] shares = new double[64];
  private int count;
  private double logZ;

  /** An empty sample. */
  public WeightedItems(ItemEmbeddings embeddings) {
    this.embeddings = embeddings;
  }

  /** Forgets every entry. */
  public void clear() {
    count = 0;
  }

  /** Adds an entry with score f and log weight u. */
  public void add(int item, double score, double logWeight) {
    if (count == items.length) {
      items = Arrays.copyOf(items, 2 * count);
      scores = Arrays.copyOf(scores, 2 * count);
      logWeights = Arrays.copyOf(logWeights, 2 * count);
      shares = Arrays.copyOf(shares, 2 * count);
    }
    items[count] = item;
    scores[count] = score;
    logWeights[count] = logWeight;
    count++;
  }

  /** Turns log weights into shares; call after the last {@link #add}. */
  public void normalise() {
    if (count == 0) {
      throw new IllegalStateException("a sample needs at least one item");
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < count; j++) {
      largest = Math.max(largest, logWeights[j]);
    }
    double sum = 0;
    for (int j = 0; j < count; j++) {
      shares[j] = Math.exp(logWeights[j] - largest);
      sum += shares[j];
    }
    for (int j = 0; j < count; j++) {
      shares[j] /= sum;
    }
    logZ = largest + Math.log(sum);
  }

  /** Number of entries. */
  public int count() {
    return count;
  }

  /** The item of an entry. */
  public int item(int entry) {
    return items[entry];
  }

  /** ω of an entry; all add up to 1. */
  public double share(int entry) {
    return shares[entry];
  }

  /** log Ẑ. */
  public double logZ() {
    return logZ;
  }

  /** Writes β̄ = Σ ω β. */
  public void meanEmbedding(double[] out) {
    embeddings.weightedSum(items, count, shares, out);
  }

  /** E[q] = Σ ω q. */
  public double mean(ItemFunction q) {
    double mean = 0;
    for (int j = 0; j < count; j++) {
      mean += shares[j] * q.at(items[j]);
    }
    return mean;
  }

  /** Writes Cov(q, β) and returns E[q]. */
  public double covariance(ItemFunction q, double[] out) {
    double mean = mean(q);
    Arrays.fill(out, 0);
    for (int j = 0; j < count; j++) {
      embeddings.addScaled(items[j], shares[j] * (q.at(items[j]) - mean), out);
    }
    return mean;
  }

  /**
   * By what the plug-in covariance is too small: 1 − Σ ω². Dividing by it is exact when the
   * proposal is the softmax itself; 1 (no correction) when one entry has nearly all the weight.
   */
  public double shrinkage() {
    double concentration = concentration();
    return concentration > 0.999 ? 1 : 1 - concentration;
  }

  /** 1 / Σ ω², the number of equally weighted draws the sample is worth. */
  public double effectiveSampleSize() {
    return 1 / concentration();
  }

  /** −Σ ω (f − log Ẑ). */
  public double entropy() {
    double sum = 0;
    for (int j = 0; j < count; j++) {
      sum += shares[j] * (scores[j] - logZ);
    }
    return Math.max(0, -sum);
  }

  private double concentration() {
    double sum = 0;
    for (int j = 0; j < count; j++) {
      sum += shares[j] * shares[j];
    }
    return sum;
  }
}
