package hindcast.gradient;

import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.MaximumInnerProductIndex;
import hindcast.numeric.CounterBasedRandom;
import java.util.Arrays;

/**
 * The proposal of the FOPO paper: a uniform part over the catalogue and a softmax over the K items
 * of largest score.
 *
 * <pre>
 *   q(a) = ε/P + (1 − ε) κ(a) 1[a ∈ α_K]      κ(a) = e^{f_a} / Σ_{b ∈ α_K} e^{f_b}
 * </pre>
 *
 * <p>Draws are stratified: round(ε S) uniform ones, the rest from κ; ε is then that share. Any set
 * α_K is valid, so an approximate index only costs variance. ε lies in (0, 1]; ε = 1 needs no
 * index.
 *
 * <p>Source: FOPO paper, Algorithm 1; methods 4.1. Not safe for use by several threads.
 */
public final class MixtureProposal {
  private final ItemEmbeddings embeddings;
  private final MaximumInnerProductIndex index;
  private final int topK;
  private final int samples;
  private final int uniformSamples;
  private final double epsilon;
  private final int[] head;
  private final double[] headScores;
  private final double[] cumulative;
  private final double[] kappa;
  private final int[] slotOfItem;
  private int headCount;

  /**
   * A proposal over a catalogue.
   *
   * @param embeddings the items
   * @param index finds α_K; may be null if {@code epsilon} is 1
   * @param topK K, at least 1
   * @param samples S, at least 2
   * @param epsilon share of uniform draws, in (0, 1]
   */
  public MixtureProposal(
      ItemEmbeddings embeddings,
      MaximumInnerProductIndex index,
      int topK,
      int samples,
      double epsilon) {
    if (!(epsilon > 0 && epsilon <= 1)) {
      throw new IllegalArgumentException("epsilon must be in (0, 1]: " + epsilon);
    }
    if (topK < 1 || samples < 2) {
      throw new IllegalArgumentException(
          "topK must be at least 1 and samples at least 2: " + topK + ", " + samples);
    }
    this.embeddings = embeddings;
    this.index = index;
    this.topK = Math.min(topK, embeddings.size());
    this.samples = samples;
    this.uniformSamples = Math.max(1, (int) Math.round(epsilon * samples));
    this.epsilon = (double) uniformSamples / samples;
    if (this.epsilon < 1 && index == null) {
      throw new IllegalArgumentException("a proposal with epsilon below 1 needs an index");
    }
    this.head = new int[this.topK];
    this.headScores = new double[this.topK];
    this.cumulative = new double[this.topK];
    this.kappa = new double[this.topK];
    this.slotOfItem = new int[embeddings.size()];
    Arrays.fill(slotOfItem, -1);
  }

  /** Prepares α_K and κ for a user vector. */
  public void fit(double[] h) {
    for (int j = 0; j < headCount; j++) {
      slotOfItem[head[j]] = -1;
    }
    headCount = epsilon < 1 ? index.topK(h, topK, head) : 0;
    if (headCount == 0) {
      return;
    }
    embeddings.scores(h, head, headCount, headScores);
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < headCount; j++) {
      slotOfItem[head[j]] = j;
      largest = Math.max(largest, headScores[j]);
    }
    double sum = 0;
    for (int j = 0; j < headCount; j++) {
      kappa[j] = Math.exp(headScores[j] - largest);
      sum += kappa[j];
      cumulative[j] = sum;
    }
    for (int j = 0; j < headCount; j++) {
      kappa[j] /= sum;
      cumulative[j] /= sum;
    }
  }

  /** S. */
  public int samples() {
    return samples;
  }

  /** q(a). */
  public double probability(int item) {
    return probability(item, epsilon);
  }

  /** q(a) for a uniform share other than that of the draws. */
  public double probability(int item, double uniformShare) {
    int slot = slotOfItem[item];
    return uniformShare / embeddings.size() + (slot < 0 ? 0 : (1 - uniformShare) * kappa[slot]);
  }

  /** The item of draw s in [0, S). */
  public int draw(long key, int s) {
    if (s < uniformSamples || headCount == 0) {
      return CounterBasedRandom.below(key, s, embeddings.size());
    }
    int slot = Arrays.binarySearch(cumulative, 0, headCount, CounterBasedRandom.uniform(key, s));
    return head[Math.min(slot < 0 ? -slot - 1 : slot + 1, headCount - 1)];
  }
}
