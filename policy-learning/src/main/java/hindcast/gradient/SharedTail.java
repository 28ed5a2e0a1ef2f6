package hindcast.gradient;

import static hindcast.numeric.MinibatchKernels.BLOCK;
import static hindcast.numeric.MinibatchKernels.LANES;

import hindcast.catalogue.ItemClusters;
import hindcast.catalogue.PartitionIndex;
import hindcast.catalogue.PartitionedItems;
import hindcast.numeric.CounterBasedRandom;
import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;

/**
 * Items that stand, for every context of a group, for the clusters it does not sum exactly: about N
 * draws, systematic over the clusters.
 *
 * <pre>
 *   q_c = ½ n_c / n  +  ½ Σ_i ρ_ic / Σ_c Σ_i ρ_ic        ρ_ic = mass_c(h_i) / Ẑ_i, 0 where i has c exactly
 *   weight of a draw from c: n_c / (N q_c)
 * </pre>
 *
 * over the clusters somebody needs, n their items, Ẑ_i what i has summed exactly and the estimated
 * masses of the rest. Cluster c gets ⌊N q_c⌋ or ⌈N q_c⌉ draws, spread evenly over its items with one
 * random number each; a cluster that would get as many draws as it has places is taken whole, each
 * item once. Expected counts are exactly N q_c / n_c for each item, so sums over the draws are
 * unbiased for each context.
 */
final class SharedTail {
  private final MinibatchKernels kernels = MinibatchKernels.fastest();
  private final PartitionedItems items;
  private final ItemClusters clusters;
  private final int dimension;
  private final float[] density;
  private final float[] top = new float[LANES];
  private final float[] inverse = new float[LANES];
  private final double[] total = new double[LANES];
  private final int[] firstDraw;
  private int[] places = new int[0];
  private int[] drawn = new int[0];
  private float[] logWeights = new float[0];
  private int[] masks = new int[0];
  private float[] packed = new float[0];
  private int sampled;
  private int count;

  SharedTail(PartitionIndex partition) {
    this.items = partition.items();
    this.clusters = partition.clusters();
    this.dimension = partition.dimension();
    this.density = new float[clusters.count()];
    this.firstDraw = new int[clusters.count() + 1];
  }

  /**
   * Draws.
   *
   * @param contexts how many lanes hold a context
   * @param n N; 0 leaves the tail empty
   * @param maskOf the lanes that have a cluster exactly, one bit each
   * @param masses estimated log masses; overwritten
   * @param logExact ln of what each context has summed exactly
   */
  void draw(int contexts, int n, int[] maskOf, float[] masses, double[] logExact, long key) {
    int everyone = contexts == LANES ? -1 : (1 << contexts) - 1;
    sampled = 0;
    count = 0;
    double needed = 0;
    for (int c = 0; c < clusters.count(); c++) {
      needed += maskOf[c] == everyone ? 0 : clusters.weight(c);
    }
    if (needed == 0 || n == 0) {
      return;
    }
    double all = densities(contexts, maskOf, everyone, masses, logExact);
    double uniform = all > 0 ? .5 * n / needed : n / needed;
    double share = all > 0 ? .5 * n / all : 0;
    sample(maskOf, everyone, uniform, share, key);
    takeWhole(maskOf, everyone, uniform, share);
    gather();
  }

  private double densities(
      int contexts, int[] maskOf, int everyone, float[] masses, double[] logExact) {
    hideExact(maskOf, masses);
    for (int i = 0; i < LANES; i++) {
      top[i] = i < contexts ? (float) logExact[i] : 0;
      total[i] = 0;
    }
    kernels.maxima(masses, 0, clusters.count(), top);
    kernels.exponentials(masses, 0, clusters.count(), top, masses, total);
    for (int i = 0; i < LANES; i++) {
      inverse[i] = i < contexts ? (float) (1 / (total[i] + Math.exp(logExact[i] - top[i]))) : 0;
    }
    double all = 0;
    for (int c = 0; c < clusters.count(); c++) {
      density[c] =
          maskOf[c] == everyone ? 0 : kernels.dot(masses, c * LANES, inverse, 0, LANES);
      all += density[c];
    }
    return all < Double.POSITIVE_INFINITY ? all : 0;
  }

  private void hideExact(int[] maskOf, float[] masses) {
    for (int c = 0; c < clusters.count(); c++) {
      for (int mask = maskOf[c]; mask != 0; mask &= mask - 1) {
        masses[c * LANES + Integer.numberOfTrailingZeros(mask)] = -1e30f;
      }
    }
  }

  private double expected(int c, int everyone, int[] maskOf, double uniform, double share) {
    return maskOf[c] == everyone ? 0 : uniform * clusters.weight(c) + share * density[c];
  }

  private void sample(int[] maskOf, int everyone, double uniform, double share, long key) {
    double line = CounterBasedRandom.uniform(key, 0);
    for (int c = 0; c < clusters.count(); c++) {
      firstDraw[c] = count;
      double expected = expected(c, everyone, maskOf, uniform, share);
      if (expected >= clusters.size(c)) {
        continue;
      }
      line += expected;
      int draws = (int) line;
      line -= draws;
      int first = items.itemsBefore(clusters.firstPlace(c));
      float weight = clusters.weight(c);
      float logWeight = (float) Math.log(weight / expected);
      for (int j = 0; j < draws; j++) {
        double at = (j + CounterBasedRandom.uniform(key, 1L + count)) / draws * weight;
        int item = items.itemNumber(first + Math.min((int) at, (int) weight - 1));
        add(items.place(item), item, logWeight, maskOf[c]);
      }
    }
    firstDraw[clusters.count()] = count;
    sampled = count;
  }

  private void takeWhole(int[] maskOf, int everyone, double uniform, double share) {
    for (int c = 0; c < clusters.count(); c++) {
      double expected = expected(c, everyone, maskOf, uniform, share);
      if (expected > 0 && expected >= clusters.size(c)) {
        int from = clusters.firstPlace(c);
        for (int place = from; place < from + clusters.size(c); place++) {
          add(place, -1, items.logMultiplicities()[place], maskOf[c]);
        }
      }
    }
  }

  private void add(int place, int item, float logWeight, int mask) {
    if (count == places.length) {
      int room = Math.max(1024, 2 * count);
      places = Arrays.copyOf(places, room);
      drawn = Arrays.copyOf(drawn, room);
      logWeights = Arrays.copyOf(logWeights, room);
      masks = Arrays.copyOf(masks, room);
    }
    places[count] = place;
    drawn[count] = item;
    logWeights[count] = logWeight;
    masks[count++] = mask;
  }

  private void gather() {
    int blocks = blocks(count);
    if (packed.length < blocks * BLOCK * dimension) {
      packed = new float[blocks(places.length) * BLOCK * dimension];
    }
    float[] source = items.packed();
    for (int k = 0; k < count; k++) {
      int from = (places[k] / BLOCK) * dimension * BLOCK + places[k] % BLOCK;
      int to = (k / BLOCK) * dimension * BLOCK + k % BLOCK;
      for (int l = 0; l < dimension * BLOCK; l += BLOCK) {
        packed[to + l] = source[from + l];
      }
    }
  }

  private static int blocks(int items) {
    return (items + BLOCK - 1) / BLOCK;
  }

  /** Hides the draws of one place from a context that has it exactly. */
  void hide(int lane, int place) {
    if (count == 0) {
      return;
    }
    int cluster = clusters.clusterOf(place);
    for (int k = firstDraw[cluster]; k < firstDraw[cluster + 1]; k++) {
      if (places[k] == place) {
        masks[k] |= 1 << lane;
      }
    }
    for (int k = sampled; k < count; k++) {
      if (places[k] == place) {
        masks[k] |= 1 << lane;
      }
    }
  }

  /** Draws with a weight; those from here to {@link #count} are taken whole. */
  int sampled() {
    return sampled;
  }

  /** Draws in all. */
  int count() {
    return count;
  }

  /** The vectors of the draws, in blocks. */
  float[] packed() {
    return packed;
  }

  /** The place of a draw. */
  int place(int k) {
    return places[k];
  }

  /** The item of a draw; -1 where every item of the place is meant. */
  int item(int k) {
    return drawn[k];
  }

  /** ln of the weight of a draw. */
  float logWeight(int k) {
    return logWeights[k];
  }

  /** The lanes that do not count a draw. */
  int mask(int k) {
    return masks[k];
  }
}
