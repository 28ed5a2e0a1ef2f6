package hindcast.gradient;

import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.MaximumInnerProductIndex;
import hindcast.feedback.Context;
import hindcast.numeric.CounterBasedRandom;

/**
 * The Rao-Blackwellised form of the sampled softmax: the top K and the logged item are summed, only
 * the rest is sampled.
 *
 * <pre>
 *   D = α_K ∪ {a}      Ẑ = Σ_D e^f + (P − |D|)/S · Σ_tail e^f
 * </pre>
 *
 * with S uniform draws from the complement of D. If D is the whole catalogue there is no tail and
 * the result is exact. An event with a list of eligible items is summed exactly over the list.
 *
 * <p>Source: methods 4.3.
 */
public final class HeadTailScoreGradient implements ScoreGradient {
  private final ItemEmbeddings embeddings;
  private final MaximumInnerProductIndex index;
  private final int topK;
  private final int samples;
  private final SampledSoftmax sample;
  private final int[] head;
  private final int[] seenAt;
  private int epoch;

  /**
   * A workspace for a catalogue.
   *
   * @param embeddings the items
   * @param index finds α_K
   * @param topK K, at least 1
   * @param samples S, at least 1
   */
  public HeadTailScoreGradient(
      ItemEmbeddings embeddings, MaximumInnerProductIndex index, int topK, int samples) {
    if (topK < 1 || samples < 1) {
      throw new IllegalArgumentException(
          "topK and samples must be at least 1: " + topK + ", " + samples);
    }
    if (index == null) {
      throw new IllegalArgumentException("a head-tail gradient needs an index");
    }
    this.embeddings = embeddings;
    this.index = index;
    this.topK = Math.min(topK, embeddings.size());
    this.samples = samples;
    this.sample = new SampledSoftmax(embeddings);
    this.head = new int[this.topK];
    this.seenAt = new int[embeddings.size()];
  }

  @Override
  public void fit(double[] theta, Context context, int item, int[] eligible, long key) {
    if (eligible != null) {
      sample.sumExactly(theta, context, item, eligible);
      return;
    }
    double[] h = sample.begin(theta, context, item);
    epoch++;
    seenAt[item] = epoch;
    int found = index.topK(h, topK, head);
    int headSize = 1;
    for (int j = 0; j < found; j++) {
      if (seenAt[head[j]] != epoch) {
        seenAt[head[j]] = epoch;
        double score = embeddings.score(head[j], h);
        sample.add(head[j], score, score);
        headSize++;
      }
    }
    addTail(h, headSize, key);
    sample.end();
  }

  private void addTail(double[] h, int headSize, long key) {
    int complement = embeddings.size() - headSize;
    if (complement == 0) {
      return;
    }
    double logInflation = Math.log((double) complement / samples);
    long draw = 0;
    for (int s = 0; s < samples; s++) {
      int drawn;
      do {
        drawn = CounterBasedRandom.below(key, draw++, embeddings.size());
      } while (seenAt[drawn] == epoch);
      double score = embeddings.score(drawn, h);
      sample.add(drawn, score, score + logInflation);
    }
  }

  /** The sample of the event. */
  public WeightedItems items() {
    return sample.items();
  }

  @Override
  public double logProbability() {
    return sample.logProbability();
  }

  @Override
  public double logZ() {
    return sample.logZ();
  }

  @Override
  public double entropy() {
    return sample.entropy();
  }

  @Override
  public void direction(double[] out) {
    sample.direction(out);
  }

  @Override
  public double covariance(ItemFunction q, double[] out) {
    return sample.covariance(q, out);
  }
}
