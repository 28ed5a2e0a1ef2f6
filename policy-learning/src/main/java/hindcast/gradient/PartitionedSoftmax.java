package hindcast.gradient;

import static hindcast.numeric.MinibatchKernels.BLOCK;
import static hindcast.numeric.MinibatchKernels.LANES;

import hindcast.catalogue.DensestClusters;
import hindcast.catalogue.ItemClusters;
import hindcast.catalogue.PartitionIndex;
import hindcast.catalogue.PartitionedItems;
import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;

/**
 * ln Ẑ and β̄ of up to 32 contexts over a partition, in this order: the head for all of them, the
 * densest clusters of each (largest estimated mass for each place they cost), the items each must
 * have exactly (logged, rewarded) where they are not yet among these, and a {@link SharedTail} for
 * the rest. Or everything, exactly.
 */
final class PartitionedSoftmax {
  private static final float HIDDEN = -1e30f;
  private static final int SHARED_FROM = 10;

  private final MinibatchKernels kernels = MinibatchKernels.fastest();
  private final PartitionIndex partition;
  private final PartitionedItems items;
  private final ItemClusters clusters;
  private final int dimension;
  private final LatentLanes latent;
  private final LaneSums sums;
  private final DensestClusters densest;
  private final SharedTail tail;
  private final float[] masses;
  private final float[] scratch;
  private final int[] maskOf;
  private final int[] touched;
  private final float[] u;
  private final float[] first = new float[LANES];
  private final float[] heaviest = new float[LANES];
  private final float[] before = new float[LANES];
  private final float[] scale = new float[LANES];
  private final double[] logExact = new double[LANES];
  private final ExactPlaces exact;
  private final double[] logZ = new double[LANES];
  private final double[] unused = new double[LANES];
  private final double[] variance = new double[LANES];
  private final double[] tailShare = new double[LANES];
  private final double[] means;
  private final PlaceValues placeValues;
  private final float[] values;
  private final double[] valueMeans;
  private ItemFunction function;
  private ItemFunction summed;
  private boolean tracksVariance;
  private boolean everything;
  private int touchedCount;

  PartitionedSoftmax(PartitionIndex partition) {
    this.partition = partition;
    this.items = partition.items();
    this.clusters = partition.clusters();
    this.dimension = partition.dimension();
    this.latent = new LatentLanes(dimension);
    this.sums = new LaneSums(dimension);
    this.densest = new DensestClusters(clusters);
    this.tail = new SharedTail(partition);
    this.masses = new float[clusters.massesLength()];
    this.scratch = new float[clusters.scratchLength()];
    this.maskOf = new int[clusters.count()];
    this.touched = new int[clusters.count()];
    this.u =
        new float
            [Math.max(LaneSums.CHUNK * LANES, (clusters.largest() + BLOCK - 1) / BLOCK) * BLOCK];
    this.exact = new ExactPlaces(items);
    this.placeValues = new PlaceValues(items);
    this.values = new float[u.length];
    this.valueMeans = new double[LANES * dimension];
    this.means = new double[LANES * dimension];
  }

  /** Lays the user vectors of events {@code from} to {@code to} out; before any other method. */
  void latent(double[] theta, MinibatchContexts events, int from, int to) {
    latent.fit(theta, events, from, to);
    exact.fit(events, from, to);
    begin();
  }

  /** Lays user vectors out with the items each must have exactly; before any other method. */
  void latent(double[][] vectors, int[][] logged, int from, int to) {
    latent.fit(vectors, from, to);
    exact.fit(logged, from, to);
    begin();
  }

  private void begin() {
    function = null;
    summed = null;
    for (int i = 0; i < LANES; i++) {
      first[i] = i < latent.count() ? logWeight(i, exact.first(i)) : 0;
    }
  }

  private float logWeight(int lane, int place) {
    return kernels.score(items.packed(), dimension, place, latent.of(lane))
        + items.logMultiplicities()[place];
  }

  /** Sums everything. */
  void sumExactly() {
    everything = true;
    Arrays.fill(tailShare, 0);
    Arrays.fill(variance, 0);
    sums.start(first);
    addBlocks(0, items.blocks(), -1);
    sums.results(latent.count(), logZ, means, 0);
  }

  /**
   * Estimates.
   *
   * @param budget E, places enumerated for each context
   * @param draws N, draws of the tail
   * @param withVariance whether the variance of Ẑ is estimated too
   */
  void estimate(int budget, int draws, boolean withVariance, long key) {
    everything = false;
    tracksVariance = withVariance;
    sums.start(first);
    addBlocks(0, partition.headBlocks(), -1);
    clusters.logMasses(latent.lanes(), scratch, masses);
    choose(budget);
    addChosen();
    for (int i = 0; i < latent.count(); i++) {
      exact.keep(i, this::isCovered);
    }
    addExactPlaces();
    for (int i = 0; i < latent.count(); i++) {
      logExact[i] = sums.logZ(i);
    }
    tail.draw(latent.count(), draws, maskOf, masses, logExact, key);
    addTail();
    sums.results(latent.count(), logZ, means, 0);
    for (int i = 0; i < latent.count(); i++) {
      tailShare[i] = Math.exp(heaviest[i] - logZ[i]);
      variance[i] *= Math.exp(-2 * (logZ[i] - scale[i]));
    }
  }

  private void choose(int budget) {
    for (int k = 0; k < touchedCount; k++) {
      maskOf[touched[k]] = 0;
    }
    touchedCount = 0;
    densest.select(masses, latent.count(), budget);
    for (int i = 0; i < latent.count(); i++) {
      for (int j = 0; j < densest.count(i); j++) {
        int c = densest.cluster(i, j);
        if (maskOf[c] == 0) {
          touched[touchedCount++] = c;
        }
        maskOf[c] |= 1 << i;
      }
    }
  }

  private void addChosen() {
    for (int k = 0; k < touchedCount; k++) {
      int c = touched[k];
      if (Integer.bitCount(maskOf[c]) >= SHARED_FROM) {
        addBlocks(clusters.firstBlock(c), clusters.firstBlock(c + 1), maskOf[c]);
      } else {
        float[] valuesOf = valuesOf(clusters.firstBlock(c), clusters.firstBlock(c + 1));
        for (int mask = maskOf[c]; mask != 0; mask &= mask - 1) {
          addCluster(Integer.numberOfTrailingZeros(mask), c, valuesOf);
        }
      }
    }
  }

  /** Adds blocks to the contexts of a mask. */
  private void addBlocks(int fromBlock, int toBlock, int mask) {
    for (int block = fromBlock; block < toBlock; block += LaneSums.CHUNK) {
      int end = Math.min(toBlock, block + LaneSums.CHUNK);
      kernels.scores(items.packed(), dimension, block, end, latent.lanes(), u, 0);
      for (int place = block * BLOCK; place < end * BLOCK; place++) {
        weigh((place - block * BLOCK) * LANES, items.logMultiplicities()[place], ~mask);
      }
      sums.add(items.packed(), block, end, u, valuesOf(block, end));
    }
  }

  /** The values of the function that is summed; null for the softmax itself. */
  private float[] valuesOf(int fromBlock, int toBlock) {
    if (function == null) {
      return null;
    }
    placeValues.fill(function, fromBlock, toBlock, values, 0);
    return values;
  }

  private void weigh(int at, float logWeight, int hidden) {
    if (logWeight != 0) {
      for (int i = at; i < at + LANES; i++) {
        u[i] += logWeight;
      }
    }
    for (int mask = hidden; mask != 0; mask &= mask - 1) {
      u[at + Integer.numberOfTrailingZeros(mask)] = HIDDEN;
    }
  }

  private void addCluster(int lane, int c, float[] valuesOf) {
    int from = clusters.firstBlock(c);
    int to = clusters.firstBlock(c + 1);
    float highest = scoreBlocks(lane, from, to, u);
    sums.addToOne(lane, items.packed(), from, to, u, highest, valuesOf);
  }

  /** Writes the log weights of some blocks for one context and returns the largest. */
  private float scoreBlocks(int lane, int fromBlock, int toBlock, float[] out) {
    kernels.scoresOfOne(items.packed(), dimension, fromBlock, toBlock, latent.of(lane), out, 0);
    float[] logMultiplicities = items.logMultiplicities();
    int places = (toBlock - fromBlock) * BLOCK;
    int at = fromBlock * BLOCK;
    float even = Float.NEGATIVE_INFINITY;
    float odd = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < places; j += 2) {
      out[j] += logMultiplicities[at + j];
      out[j + 1] += logMultiplicities[at + j + 1];
      even = Math.max(even, out[j]);
      odd = Math.max(odd, out[j + 1]);
    }
    return Math.max(even, odd);
  }

  /** Whether a context sums a place exactly as one of its head or chosen clusters. */
  boolean isCovered(int lane, int place) {
    return partition.inHead(place) || (maskOf[clusters.clusterOf(place)] >>> lane & 1) == 1;
  }

  private void addExactPlaces() {
    for (int i = 0; i < latent.count(); i++) {
      for (int j = 0; j < exact.count(i); j++) {
        int place = exact.place(i, j);
        double value = function == null ? 1 : placeValues.at(function, place);
        sums.addItem(i, items.packed(), place, logWeight(i, place), value);
      }
    }
  }

  private void addTail() {
    Arrays.fill(heaviest, Float.NEGATIVE_INFINITY);
    Arrays.fill(variance, 0);
    Arrays.fill(before, 0);
    System.arraycopy(sums.shifts(), 0, scale, 0, LANES);
    for (int from = 0; from < tail.count(); from += LaneSums.CHUNK) {
      int some = scoreDraws(from);
      int sampled = Math.min(some, tail.sampled() - from);
      if (sampled > 0) {
        kernels.maxima(u, 0, sampled * BLOCK, heaviest);
      }
      sums.add(items.packed(), tail.blocks(), from, some, u, null);
      if (tracksVariance && sampled > 0) {
        addDifferences(sampled);
      }
    }
  }

  /** Writes the log weights of a chunk of draws; returns how many draws it has. */
  private int scoreDraws(int from) {
    int some = Math.min(LaneSums.CHUNK, tail.count() - from);
    for (int k = 0; k < some; k++) {
      scoreDraw(from + k, k * BLOCK * LANES);
    }
    return some;
  }

  /**
   * Sums π̂ q and π̂ q β of a function for every context, from what was summed and drawn before.
   */
  void sum(ItemFunction q) {
    if (summed == q) {
      return;
    }
    function = q;
    summed = q;
    for (int i = 0; i < LANES; i++) {
      first[i] = i < latent.count() ? (float) logZ[i] : 0;
    }
    sums.start(first);
    if (everything) {
      addBlocks(0, items.blocks(), -1);
    } else {
      addBlocks(0, partition.headBlocks(), -1);
      addChosen();
      addExactPlaces();
      for (int from = 0; from < tail.count(); from += LaneSums.CHUNK) {
        int some = scoreDraws(from);
        for (int k = 0; k < some; k++) {
          int block = tail.block(from + k);
          placeValues.fill(q, block, block + 1, values, k * BLOCK);
        }
        sums.add(items.packed(), tail.blocks(), from, some, u, values);
      }
    }
    sums.results(latent.count(), unused, valueMeans, 0);
    function = null;
  }

  /** E[q] of the function summed last. */
  double meanValue(int lane) {
    return sums.meanValue(lane);
  }

  /** Writes E[q β] of the function summed last. */
  void valueMean(int lane, double[] out) {
    System.arraycopy(valueMeans, lane * dimension, out, 0, dimension);
  }

  private void scoreDraw(int k, int at) {
    int block = tail.block(k);
    kernels.scores(items.packed(), dimension, block, block + 1, latent.lanes(), u, at);
    for (int j = 0; j < BLOCK; j++) {
      float logWeight = items.logMultiplicities()[block * BLOCK + j] + tail.logWeight(k);
      weigh(at + j * LANES, logWeight, tail.mask(k));
    }
    for (int i = 0; i < latent.count(); i++) {
      for (int e = exact.firstIn(i, block); e < exact.count(i); e++) {
        int j = exact.place(i, e) - block * BLOCK;
        if (j >= BLOCK) {
          break;
        }
        u[at + j * LANES + i] = HIDDEN;
      }
    }
  }

  /** Half the squared differences of successive draws, which lie in neighbouring strata. */
  private void addDifferences(int sampled) {
    followShifts();
    for (int k = 0; k < sampled; k++) {
      for (int i = 0; i < LANES; i++) {
        float sum = 0;
        for (int j = 0; j < BLOCK; j++) {
          sum += u[(k * BLOCK + j) * LANES + i];
        }
        double difference = (double) sum - before[i];
        variance[i] += .5 * difference * difference;
        before[i] = sum;
      }
    }
  }

  /** Brings what was added up to the shifts of now, which may have been raised since. */
  private void followShifts() {
    for (int i = 0; i < LANES; i++) {
      float now = sums.shifts()[i];
      if (now != scale[i]) {
        double factor = Math.exp(scale[i] - now);
        variance[i] *= factor * factor;
        before[i] = (float) (before[i] * factor);
        scale[i] = now;
      }
    }
  }

  /** How many contexts there are. */
  int count() {
    return latent.count();
  }

  /** h of a context in single precision; read only. */
  float[] latent(int lane) {
    return latent.of(lane);
  }

  /** Whether every h is zero. */
  boolean isUniform() {
    return latent.allZero();
  }

  /** ln Ẑ of a context. */
  double logZ(int lane) {
    return logZ[lane];
  }

  /** The share of Ẑ that its largest tail weight holds. */
  double tailShare(int lane) {
    return tailShare[lane];
  }

  /**
   * Var(Ẑ) / Z², estimated from the differences of successive draws, which makes it too large
   * rather than too small.
   */
  double relativeVariance(int lane) {
    return variance[lane];
  }

  /** f_a of an item. */
  double score(int lane, int item) {
    return kernels.score(items.packed(), dimension, items.place(item), latent.of(lane));
  }

  /** Writes β̄ of a context. */
  void mean(int lane, double[] out) {
    System.arraycopy(means, lane * dimension, out, 0, dimension);
  }

  /** h · β̄, the mean score of a context. */
  double meanScore(int lane) {
    double sum = 0;
    for (int l = 0; l < dimension; l++) {
      sum += latent.of(lane)[l] * means[lane * dimension + l];
    }
    return sum;
  }

  /** Shows every item and its log weight for a context to a visitor, block by block. */
  void visit(int lane, WeightVisitor visitor) {
    if (everything) {
      visitPlaces(lane, 0, items.blocks(), visitor);
      return;
    }
    visitPlaces(lane, 0, partition.headBlocks(), visitor);
    for (int j = 0; j < densest.count(lane); j++) {
      int c = densest.cluster(lane, j);
      visitPlaces(lane, clusters.firstBlock(c), clusters.firstBlock(c + 1), visitor);
    }
    for (int j = 0; j < exact.count(lane); j++) {
      visitor.one(exact.place(lane, j), logWeight(lane, exact.place(lane, j)));
    }
    visitTail(lane, visitor);
  }

  private void visitPlaces(int lane, int fromBlock, int toBlock, WeightVisitor visitor) {
    for (int block = fromBlock; block < toBlock; block += LaneSums.CHUNK) {
      int end = Math.min(toBlock, block + LaneSums.CHUNK);
      scoreBlocks(lane, block, end, u);
      visitor.places(block, end, u);
    }
  }

  private void visitTail(int lane, WeightVisitor visitor) {
    for (int k = 0; k < tail.count(); k++) {
      if ((tail.mask(k) >>> lane & 1) == 0) {
        int block = tail.block(k);
        scoreBlocks(lane, block, block + 1, u);
        for (int j = 0; j < BLOCK; j++) {
          u[j] += tail.logWeight(k);
        }
        for (int e = 0; e < exact.count(lane); e++) {
          int place = exact.place(lane, e);
          if (place / BLOCK == block) {
            u[place % BLOCK] = HIDDEN;
          }
        }
        visitor.places(block, block + 1, u);
      }
    }
  }
}
