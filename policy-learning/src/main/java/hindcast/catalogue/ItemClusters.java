package hindcast.catalogue;

import hindcast.numeric.MinibatchKernels;
import java.util.Arrays;

/**
 * Clusters of places: each a run of whole blocks, with the count n_c of its items, their mean m_c
 * and their spread v_c, the mean squared distance from m_c divided by L (items counted with
 * multiplicity).
 *
 * <p>What a cluster adds to Z = Σ e^{h·β} is estimated as if its items were a round Gaussian cloud:
 *
 * <pre>ln mass_c(h) = ln n_c + h · m_c + |h|² v_c / 2</pre>
 *
 * which is exact for a cluster of one vector. For 32 contexts that is one matrix product: ln n_c
 * and v_c / 2 are components L and L + 1 of a packed centroid, against 1 and |h|² in the contexts.
 *
 * <p>Immutable; safe for use by several threads.
 */
public final class ItemClusters {
  private static final int LANES = MinibatchKernels.LANES;
  private static final float NOTHING = -1e30f;
  private final int dimension;
  private final int[] firstBlock;
  private final int[] sizes;
  private final float[] weights;
  private final float[] centroids;
  private final float[] logSizes;

  private ItemClusters(
      int dimension, int[] firstBlock, int[] sizes, float[] weights, float[] centroids) {
    this.dimension = dimension;
    this.firstBlock = firstBlock;
    this.sizes = sizes;
    this.weights = weights;
    this.centroids = centroids;
    this.logSizes = new float[sizes.length];
    for (int c = 0; c < sizes.length; c++) {
      logSizes[c] = (float) Math.log(sizes[c]);
    }
  }

  /**
   * The clusters of partitioned items, their means and spreads computed in double precision.
   *
   * @param firstBlock where each cluster begins, and where the last one ends
   * @param sizes places of each cluster
   */
  static ItemClusters of(PartitionedItems items, int[] firstBlock, int[] sizes, int threads) {
    int dimension = items.dimension();
    float[] centroids = new float[Packing.length(Packing.blocks(sizes.length), dimension + 2)];
    float[] weights = new float[sizes.length];
    ParallelTasks.run(
        threads,
        sizes.length,
        c -> {
          double[] mean = new double[dimension];
          double weight = mean(items, firstBlock[c] * Packing.BLOCK, sizes[c], mean);
          double spread = spread(items, firstBlock[c] * Packing.BLOCK, sizes[c], mean, weight);
          int at = Packing.at(c, dimension + 2);
          for (int l = 0; l < dimension; l++) {
            centroids[at + l * Packing.BLOCK] = (float) mean[l];
          }
          centroids[at + dimension * Packing.BLOCK] = (float) Math.log(weight);
          centroids[at + (dimension + 1) * Packing.BLOCK] = (float) (spread / 2);
          weights[c] = (float) weight;
        });
    for (int c = sizes.length; c < Packing.blocks(sizes.length) * Packing.BLOCK; c++) {
      centroids[Packing.at(c, dimension + 2) + dimension * Packing.BLOCK] = NOTHING;
    }
    return new ItemClusters(dimension, firstBlock, sizes, weights, centroids);
  }

  /** The clusters with packed centroids computed before. */
  static ItemClusters restored(
      PartitionedItems items, int[] firstBlock, int[] sizes, float[] centroids) {
    float[] weights = new float[sizes.length];
    for (int c = 0; c < sizes.length; c++) {
      int from = firstBlock[c] * Packing.BLOCK;
      int[] first = items.members().first();
      weights[c] = first[from + sizes[c]] - first[from];
    }
    return new ItemClusters(items.dimension(), firstBlock, sizes, weights, centroids);
  }

  private static double mean(PartitionedItems items, int from, int size, double[] mean) {
    double weight = 0;
    for (int place = from; place < from + size; place++) {
      double multiplicity = items.multiplicity(place);
      int at = Packing.at(place, mean.length);
      weight += multiplicity;
      for (int l = 0; l < mean.length; l++) {
        mean[l] += multiplicity * items.packed()[at + l * Packing.BLOCK];
      }
    }
    for (int l = 0; l < mean.length; l++) {
      mean[l] /= weight;
    }
    return weight;
  }

  private static double spread(
      PartitionedItems items, int from, int size, double[] mean, double weight) {
    double squares = 0;
    for (int place = from; place < from + size; place++) {
      int at = Packing.at(place, mean.length);
      double square = 0;
      for (int l = 0; l < mean.length; l++) {
        double d = items.packed()[at + l * Packing.BLOCK] - mean[l];
        square += d * d;
      }
      squares += items.multiplicity(place) * square;
    }
    return size == 1 ? 0 : squares / (weight * mean.length);
  }

  /** C, how many clusters. */
  public int count() {
    return sizes.length;
  }

  /** The first block of a cluster; that of cluster C is where the last one ends. */
  public int firstBlock(int cluster) {
    return firstBlock[cluster];
  }

  /** The first place of a cluster. */
  public int firstPlace(int cluster) {
    return firstBlock[cluster] * Packing.BLOCK;
  }

  /** Places of a cluster, from its first on; what follows up to the next block is nobody's. */
  public int size(int cluster) {
    return sizes[cluster];
  }

  /** n_c, items of a cluster with multiplicity. */
  public float weight(int cluster) {
    return weights[cluster];
  }

  /** v_c, in squared units of an embedding's component. */
  public float spread(int cluster) {
    return 2 * centroids[Packing.at(cluster, dimension + 2) + (dimension + 1) * Packing.BLOCK];
  }

  /** A copy of m_c. */
  public float[] centroid(int cluster) {
    float[] centroid = new float[dimension];
    int at = Packing.at(cluster, dimension + 2);
    for (int l = 0; l < dimension; l++) {
      centroid[l] = centroids[at + l * Packing.BLOCK];
    }
    return centroid;
  }

  /** Places of the largest cluster; 0 when there is none. */
  public int largest() {
    return Arrays.stream(sizes).max().orElse(0);
  }

  /** The cluster of a place, or -1 for one before the first cluster or one that is nobody's. */
  public int clusterOf(int place) {
    int block = place / Packing.BLOCK;
    int at = Arrays.binarySearch(firstBlock, block);
    int cluster = at >= 0 ? at : -at - 2;
    boolean inside =
        cluster >= 0 && cluster < sizes.length && place - firstPlace(cluster) < sizes[cluster];
    return inside ? cluster : -1;
  }

  /** How many numbers {@link #logMasses} writes: 32 for each cluster, rounded up to blocks. */
  public int massesLength() {
    return Packing.blocks(sizes.length) * Packing.BLOCK * LANES;
  }

  /** How many numbers the scratch of {@link #logMasses} holds. */
  public int scratchLength() {
    return (dimension + 2) * LANES;
  }

  /**
   * Estimated masses of every cluster for 32 contexts.
   *
   * @param lanes component l of h_i at {@code l · 32 + i}
   * @param scratch {@link #scratchLength} numbers
   * @param out receives ln mass_c(h_i) at {@code c · 32 + i}; {@link #massesLength} numbers
   */
  public void logMasses(float[] lanes, float[] scratch, float[] out) {
    System.arraycopy(lanes, 0, scratch, 0, dimension * LANES);
    int one = dimension * LANES;
    int square = one + LANES;
    Arrays.fill(scratch, one, square, 1);
    Arrays.fill(scratch, square, square + LANES, 0);
    for (int at = 0; at < one; at += LANES) {
      for (int i = 0; i < LANES; i++) {
        scratch[square + i] += lanes[at + i] * lanes[at + i];
      }
    }
    MinibatchKernels.fastest()
        .scores(centroids, dimension + 2, 0, Packing.blocks(sizes.length), scratch, out, 0);
  }

  float logSize(int cluster) {
    return logSizes[cluster];
  }

  int[] firstBlocks() {
    return firstBlock;
  }

  int[] sizes() {
    return sizes;
  }

  float[] packedCentroids() {
    return centroids;
  }

  /** Bytes of the arrays. */
  public long bytes() {
    return 4L * (firstBlock.length + sizes.length + weights.length + centroids.length);
  }
}
