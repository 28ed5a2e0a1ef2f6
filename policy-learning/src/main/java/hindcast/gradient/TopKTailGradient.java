package hindcast.gradient;

import static hindcast.numeric.MinibatchKernels.BLOCK;
import static hindcast.numeric.MinibatchKernels.LANES;

import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.MaximumInnerProductIndex;
import hindcast.numeric.CounterBasedRandom;
import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;

/**
 * The top K of an index, the logged and the rewarded items summed exactly, and a tail of N uniform
 * draws shared by a group of 32 events.
 *
 * <pre>
 *   D_i = α_K(x_i) ∪ {a_i} ∪ rewarded      Ẑ_i = Σ_{D_i} e^f + (P/N) Σ_{s: b_s ∉ D_i} e^{f_s}
 * </pre>
 *
 * Draw s lies in the s-th of N equal parts of the catalogue; a draw from D_i is left out for event
 * i, so that Ẑ_i and the sum behind β̄_i are unbiased whatever the index finds. If N ≥ P every item
 * is counted once and the result is exact. An event with a list of eligible items is summed exactly
 * over the list.
 *
 * <p>Source: FOPO paper with the head summed instead of drawn; methods 4.3.
 */
public final class TopKTailGradient implements MinibatchScoreGradient {
  private final MinibatchKernels kernels = MinibatchKernels.fastest();
  private final ItemEmbeddings embeddings;
  private final MaximumInnerProductIndex index;
  private final int topK;
  private final int draws;
  private final int dimension;
  private final LatentLanes latent;
  private final LaneSums sums;
  private final SampledSoftmax sample;
  private final Statistics statistics = new Statistics();
  private final int[] tail;
  private final int[] drawOf;
  private final float[] packedTail;
  private final float[] u = new float[LaneSums.CHUNK * BLOCK * LANES];
  private final float[] first = new float[LANES];
  private final double[] scratch;
  private final int[] found;
  private float[] packedHead = new float[0];
  private float[] headScores = new float[0];
  private int[][] exact = new int[0][];
  private int[] exactCounts = new int[0];
  private double[] logZ = new double[0];
  private double[] means = new double[0];
  private int[] masks;
  private double[] parameters;
  private MinibatchContexts minibatch;
  private long minibatches;
  private long events;

  /**
   * A workspace for a catalogue.
   *
   * @param embeddings the items
   * @param index finds α_K
   * @param topK K, at least 1
   * @param draws N, at least 1
   */
  public TopKTailGradient(
      ItemEmbeddings embeddings, MaximumInnerProductIndex index, int topK, int draws) {
    if (topK < 1 || draws < 1) {
      throw new IllegalArgumentException(
          "topK and draws must be at least 1: " + topK + ", " + draws);
    }
    this.embeddings = embeddings;
    this.index = index;
    this.topK = Math.min(topK, embeddings.size());
    this.draws = Math.min(draws, embeddings.size());
    this.dimension = embeddings.dimension();
    this.latent = new LatentLanes(dimension);
    this.sums = new LaneSums(dimension);
    this.sample = new SampledSoftmax(embeddings);
    this.tail = new int[this.draws];
    this.masks = new int[this.draws];
    this.drawOf = new int[embeddings.size()];
    Arrays.fill(drawOf, -1);
    this.packedTail = new float[blocks(this.draws) * BLOCK * dimension];
    this.scratch = new double[dimension];
    this.found = new int[this.topK];
  }

  private static int blocks(int items) {
    return (items + BLOCK - 1) / BLOCK;
  }

  @Override
  public void fit(double[] theta, MinibatchContexts contexts) {
    parameters = theta;
    minibatch = contexts;
    minibatches++;
    events += contexts.size();
    reserve(contexts.size());
    for (int from = 0; from < contexts.size(); from += LANES) {
      latent.fit(theta, contexts, from, Math.min(contexts.size(), from + LANES));
      drawTail(CounterBasedRandom.bits(contexts.key(), from));
      for (int i = 0; i < LANES; i++) {
        first[i] = i < latent.count() ? score(from + i, contexts.items()[from + i]) : 0;
      }
      sums.start(first);
      for (int i = 0; i < latent.count(); i++) {
        collect(from + i);
        addExact(i, from + i);
      }
      addTail();
      sums.results(latent.count(), logZ, means, from);
    }
  }

  private void reserve(int n) {
    if (exact.length < n) {
      exact = Arrays.copyOf(exact, n);
      exactCounts = new int[n];
      logZ = new double[n];
      means = new double[n * dimension];
    }
  }

  private float score(int event, int item) {
    minibatch.contexts()[event].project(parameters, dimension, scratch);
    return (float) embeddings.score(item, scratch);
  }

  /** Spreads the draws over the catalogue and remembers which item was drawn where. */
  private void drawTail(long key) {
    for (int drawn : tail) {
      drawOf[drawn] = -1;
    }
    double width = (double) embeddings.size() / draws;
    for (int s = 0; s < draws; s++) {
      double at = (s + CounterBasedRandom.uniform(key, s)) * width;
      tail[s] = Math.min((int) at, embeddings.size() - 1);
      masks[s] = 0;
      pack(tail[s], packedTail, s);
    }
    for (int s = draws - 1; s >= 0; s--) {
      drawOf[tail[s]] = s;
    }
  }

  private void pack(int item, float[] packed, int place) {
    Arrays.fill(scratch, 0);
    embeddings.addScaled(item, 1, scratch);
    int at = (place / BLOCK) * dimension * BLOCK + place % BLOCK;
    for (int l = 0; l < dimension; l++) {
      packed[at + l * BLOCK] = (float) scratch[l];
    }
  }

  /** D of an event, each item once. */
  private void collect(int event) {
    int[] support = minibatch.support()[event];
    int room = topK + 1 + (support == null ? 0 : support.length);
    if (exact[event] == null || exact[event].length < room) {
      exact[event] = new int[room];
    }
    int[] items = exact[event];
    minibatch.contexts()[event].project(parameters, dimension, scratch);
    int count = index.topK(scratch, topK, found);
    System.arraycopy(found, 0, items, 0, count);
    items[count++] = minibatch.items()[event];
    if (support != null) {
      System.arraycopy(support, 0, items, count, support.length);
      count += support.length;
    }
    exactCounts[event] = withoutRepeats(items, count);
  }

  private static int withoutRepeats(int[] items, int count) {
    Arrays.sort(items, 0, count);
    int kept = 0;
    for (int j = 0; j < count; j++) {
      if (kept == 0 || items[j] != items[kept - 1]) {
        items[kept++] = items[j];
      }
    }
    return kept;
  }

  private void addExact(int lane, int event) {
    int count = exactCounts[event];
    int blocks = blocks(count);
    if (headScores.length < blocks * BLOCK) {
      headScores = new float[blocks * BLOCK];
      packedHead = new float[blocks * BLOCK * dimension];
    }
    for (int j = 0; j < count; j++) {
      int item = exact[event][j];
      pack(item, packedHead, j);
      for (int s = drawOf[item]; s >= 0 && s < draws && tail[s] == item; s++) {
        masks[s] |= 1 << lane;
      }
    }
    kernels.scoresOfOne(packedHead, dimension, 0, blocks, latent.of(lane), headScores, 0);
    float highest = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < blocks * BLOCK; j++) {
      headScores[j] = j < count ? headScores[j] : -1e30f;
      highest = Math.max(highest, headScores[j]);
    }
    sums.addToOne(lane, packedHead, 0, blocks, headScores, highest, null);
  }

  private void addTail() {
    float logWeight = logWeight();
    for (int block = 0; block < blocks(draws); block += LaneSums.CHUNK) {
      int end = Math.min(blocks(draws), block + LaneSums.CHUNK);
      kernels.scores(packedTail, dimension, block, end, latent.lanes(), u, 0);
      for (int s = block * BLOCK; s < end * BLOCK; s++) {
        int at = (s - block * BLOCK) * LANES;
        int hidden = s < draws ? masks[s] : -1;
        for (int i = at; i < at + LANES; i++) {
          u[i] += logWeight;
        }
        for (int mask = hidden; mask != 0; mask &= mask - 1) {
          u[at + Integer.numberOfTrailingZeros(mask)] = -1e30f;
        }
      }
      sums.add(packedTail, block, end, u, null);
    }
  }

  private float logWeight() {
    return (float) Math.log((double) embeddings.size() / draws);
  }

  @Override
  public SoftmaxStatistics at(int i) {
    int[] eligible = minibatch.eligible()[i];
    if (eligible != null) {
      sample.sumExactly(parameters, minibatch.contexts()[i], minibatch.items()[i], eligible);
      return sample;
    }
    statistics.event = i;
    return statistics;
  }

  @Override
  public GradientReport report() {
    return GradientReport.unwatched("top-k-tail K=" + topK + " N=" + draws, minibatches, events);
  }

  /** The statistics of one event. */
  private final class Statistics implements SoftmaxStatistics {
    private int event;

    @Override
    public double logProbability() {
      return Math.min(0, score(event, minibatch.items()[event]) - logZ[event]);
    }

    @Override
    public double logZ() {
      return logZ[event];
    }

    /** ln Z − h · β̄. */
    @Override
    public double entropy() {
      minibatch.contexts()[event].project(parameters, dimension, scratch);
      double mean = 0;
      for (int l = 0; l < dimension; l++) {
        mean += scratch[l] * means[event * dimension + l];
      }
      return Math.max(0, logZ[event] - mean);
    }

    @Override
    public void direction(double[] out) {
      for (int l = 0; l < dimension; l++) {
        out[l] = -means[event * dimension + l];
      }
      embeddings.addScaled(minibatch.items()[event], 1, out);
    }

    /** Over the support where it is known, else over D and the draws of the event's group anew. */
    @Override
    public double covariance(ItemFunction q, double[] out) {
      if (q.support() == null) {
        return resample().covariance(q, out);
      }
      minibatch.contexts()[event].project(parameters, dimension, scratch);
      double expected = 0;
      Arrays.fill(out, 0);
      for (int a : q.support()) {
        double weight = Math.exp(embeddings.score(a, scratch) - logZ[event]) * q.at(a);
        expected += weight;
        embeddings.addScaled(a, weight, out);
      }
      for (int l = 0; l < dimension; l++) {
        out[l] -= expected * means[event * dimension + l];
      }
      return expected;
    }

    private WeightedItems resample() {
      int group = event / LANES * LANES;
      drawTail(CounterBasedRandom.bits(minibatch.key(), group));
      double[] h =
          sample.beginEmpty(parameters, minibatch.contexts()[event], minibatch.items()[event]);
      for (int j = 0; j < exactCounts[event]; j++) {
        double score = embeddings.score(exact[event][j], h);
        sample.add(exact[event][j], score, score);
      }
      for (int drawn : tail) {
        if (Arrays.binarySearch(exact[event], 0, exactCounts[event], drawn) < 0) {
          double score = embeddings.score(drawn, h);
          sample.add(drawn, score, score + logWeight());
        }
      }
      sample.end();
      return sample.items();
    }
  }
}
