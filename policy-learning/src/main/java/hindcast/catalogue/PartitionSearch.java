package hindcast.catalogue;

import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;

/**
 * The search for the largest inner products in a partition: the head and, for each context, the
 * densest clusters up to a budget of places ({@link DensestClusters}). Head and cluster masses are
 * one matrix product each for up to 32 contexts; enumerated clusters are scored context by context.
 *
 * <p>Exact when the budget covers every cluster. Items with the same vector are found together. Of
 * equal scores those of the earlier place come first. Safe for use by several threads; nothing is
 * allocated once as many searches have run as ever run together.
 */
public final class PartitionSearch implements MaximumInnerProductIndex {
  private static final int LANES = MinibatchKernels.LANES;
  private static final int HEAD_BLOCKS_AT_ONCE = 8;
  private static final MinibatchKernels KERNELS = MinibatchKernels.fastest();
  private final PartitionIndex partition;
  private final PartitionedItems items;
  private final int budget;
  private final Scratches<Scratch> scratches = new Scratches<>(Scratch::new);

  PartitionSearch(PartitionIndex partition, int budget) {
    if (budget < 0) {
      throw new IllegalArgumentException("places to enumerate must be at least 0: " + budget);
    }
    this.partition = partition;
    this.items = partition.items();
    this.budget = budget;
  }

  /** E, places enumerated for each context beside the head, at most. */
  public int budget() {
    return budget;
  }

  @Override
  public int topK(double[] h, int k, int[] itemsOut) {
    return scratches.with(
        scratch -> {
          scratch.one[0] = h;
          scratch.search(scratch.one, 0, 1, k);
          return items.members().write(scratch.top[0], k, itemsOut);
        });
  }

  @Override
  public int[] topK(double[][] h, int n, int k, int[][] itemsOut) {
    int[] counts = new int[n];
    scratches.with(
        scratch -> {
          for (int from = 0; from < n; from += LANES) {
            int contexts = Math.min(LANES, n - from);
            scratch.search(h, from, contexts, k);
            for (int i = 0; i < contexts; i++) {
              counts[from + i] = items.members().write(scratch.top[i], k, itemsOut[from + i]);
            }
          }
          return counts;
        });
    return counts;
  }

  /** The buffers of one search. */
  private final class Scratch {
    private final double[][] one = new double[1][];
    private final int dimension = partition.dimension();
    private final float[] lanes = new float[dimension * LANES];
    private final float[] query = new float[dimension];
    private final float[] masses = new float[partition.clusters().massesLength()];
    private final float[] massScratch = new float[partition.clusters().scratchLength()];
    private final float[] scores =
        new float
            [Math.max(
                HEAD_BLOCKS_AT_ONCE * Packing.BLOCK * LANES,
                Packing.blocks(partition.clusters().largest()) * Packing.BLOCK)];
    private final float[] max = new float[LANES];
    private final DensestClusters densest = new DensestClusters(partition.clusters());
    private final TopScores[] top = new TopScores[LANES];

    private Scratch() {
      Arrays.setAll(top, i -> new TopScores());
    }

    private void search(double[][] h, int from, int contexts, int k) {
      ContextLanes.fill(h, from, contexts, dimension, lanes);
      for (int i = 0; i < contexts; i++) {
        top[i].clear(Math.min(k, items.size()));
      }
      head(contexts);
      partition.clusters().logMasses(lanes, massScratch, masses);
      densest.select(masses, contexts, budget);
      for (int i = 0; i < contexts; i++) {
        for (int l = 0; l < dimension; l++) {
          query[l] = lanes[l * LANES + i];
        }
        for (int j = 0; j < densest.count(i); j++) {
          enumerate(densest.cluster(i, j), top[i]);
        }
        top[i].sort();
      }
    }

    private void head(int contexts) {
      for (int block = 0; block < partition.headBlocks(); block += HEAD_BLOCKS_AT_ONCE) {
        int to = Math.min(partition.headBlocks(), block + HEAD_BLOCKS_AT_ONCE);
        KERNELS.scores(items.packed(), dimension, block, to, lanes, scores, 0);
        int first = block * Packing.BLOCK;
        int count = Math.min(partition.headSize(), to * Packing.BLOCK) - first;
        Arrays.fill(max, Float.NEGATIVE_INFINITY);
        KERNELS.maxima(scores, 0, count, max);
        for (int i = 0; i < contexts; i++) {
          if (max[i] >= top[i].threshold()) {
            for (int j = 0; j < count; j++) {
              top[i].offer(scores[j * LANES + i], first + j);
            }
          }
        }
      }
    }

    private void enumerate(int cluster, TopScores best) {
      ItemClusters clusters = partition.clusters();
      int from = clusters.firstBlock(cluster);
      KERNELS.scoresOfOne(
          items.packed(), dimension, from, clusters.firstBlock(cluster + 1), query, scores, 0);
      best.offerAll(scores, 0, clusters.size(cluster), from * Packing.BLOCK);
    }
  }
}
