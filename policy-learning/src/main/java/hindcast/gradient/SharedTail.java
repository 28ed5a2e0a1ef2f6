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
 * Blocks of 16 places that stand, for every context of a group, for the clusters it does not sum
 * exactly: about D = N / 16 draws, systematic over the clusters.
 *
 * <pre>
 *   q_c = ½ n_c / n  +  ½ Σ_i ρ_ic / Σ_c Σ_i ρ_ic        ρ_ic = mass_c(h_i) / Ẑ_i, 0 where i has c exactly
 *   weight of block b drawn from c: n_c / (n_b D q_c)
 * </pre>
 *
 * over the clusters somebody needs; n_c, n_b items of a cluster and of a block, n those of all
 * these clusters, Ẑ_i what i has summed exactly and the estimated masses of the rest. Cluster c
 * gets ⌊D q_c⌋ or ⌈D q_c⌉ draws, spread evenly over its items with one random number each, and an
 * item drawn draws its whole block: blocks are read in order, where a single item of a packed block
 * touches as much memory. A cluster that would get as many draws as it has blocks is taken whole.
 * The expected weight of every item is 1, so sums over the draws are unbiased for each context.
 */
final class SharedTail {
  private final MinibatchKernels kernels = MinibatchKernels.fastest();
  private final PartitionedItems items;
  private final ItemClusters clusters;
  private final float[] density;
  private final float[] top = new float[LANES];
  private final float[] inverse = new float[LANES];
  private final double[] total = new double[LANES];
  private int[] blocks = new int[0];
  private float[] logWeights = new float[0];
  private int[] masks = new int[0];
  private int sampled;
  private int count;

  SharedTail(PartitionIndex partition) {
    this.items = partition.items();
    this.clusters = partition.clusters();
    this.density = new float[clusters.count()];
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
    double draws = Math.max(1, n / BLOCK);
    double all = densities(contexts, maskOf, everyone, masses, logExact);
    double uniform = all > 0 ? .5 * draws / needed : draws / needed;
    double share = all > 0 ? .5 * draws / all : 0;
    sample(maskOf, everyone, uniform, share, key);
    takeWhole(maskOf, everyone, uniform, share);
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
      density[c] = maskOf[c] == everyone ? 0 : kernels.dot(masses, c * LANES, inverse, 0, LANES);
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

  private int blocksOf(int c) {
    return clusters.firstBlock(c + 1) - clusters.firstBlock(c);
  }

  private void sample(int[] maskOf, int everyone, double uniform, double share, long key) {
    double line = CounterBasedRandom.uniform(key, 0);
    for (int c = 0; c < clusters.count(); c++) {
      double expected = expected(c, everyone, maskOf, uniform, share);
      if (expected >= blocksOf(c)) {
        continue;
      }
      line += expected;
      int draws = (int) line;
      line -= draws;
      for (int j = 0; j < draws; j++) {
        double at = (j + CounterBasedRandom.uniform(key, 1L + count)) / draws;
        int block = place(c, at) / BLOCK;
        double weight = clusters.weight(c);
        add(block, (float) Math.log(weight / (expected * itemsOf(block))), maskOf[c]);
      }
    }
    sampled = count;
  }

  /** The place of the item that lies so far, of 1, into a cluster. */
  private int place(int c, double at) {
    int weight = (int) clusters.weight(c);
    int number = Math.min((int) (at * weight), weight - 1);
    int from = clusters.firstPlace(c);
    return weight == clusters.size(c)
        ? from + number
        : items.place(items.itemNumber(items.itemsBefore(from) + number));
  }

  private int itemsOf(int block) {
    return items.itemsBefore((block + 1) * BLOCK) - items.itemsBefore(block * BLOCK);
  }

  private void takeWhole(int[] maskOf, int everyone, double uniform, double share) {
    for (int c = 0; c < clusters.count(); c++) {
      double expected = expected(c, everyone, maskOf, uniform, share);
      if (expected > 0 && expected >= blocksOf(c)) {
        for (int block = clusters.firstBlock(c); block < clusters.firstBlock(c + 1); block++) {
          add(block, 0, maskOf[c]);
        }
      }
    }
  }

  private void add(int block, float logWeight, int mask) {
    if (count == blocks.length) {
      int room = Math.max(256, 2 * count);
      blocks = Arrays.copyOf(blocks, room);
      logWeights = Arrays.copyOf(logWeights, room);
      masks = Arrays.copyOf(masks, room);
    }
    blocks[count] = block;
    logWeights[count] = logWeight;
    masks[count++] = mask;
  }

  /** Draws with a weight; those from here to {@link #count} are of clusters taken whole. */
  int sampled() {
    return sampled;
  }

  /** Draws in all. */
  int count() {
    return count;
  }

  /** The block of a draw. */
  int block(int k) {
    return blocks[k];
  }

  /** The block of each draw; read only. */
  int[] blocks() {
    return blocks;
  }

  /** ln of the weight of the items of a draw. */
  float logWeight(int k) {
    return logWeights[k];
  }

  /** The lanes that have the cluster of a draw exactly. */
  int mask(int k) {
    return masks[k];
  }
}
