package hindcast.gradient;

import static hindcast.numeric.MinibatchKernels.LANES;

import hindcast.catalogue.ExactIndex;
import hindcast.catalogue.PartitionIndex;

/**
 * Which share of the 256 items of largest score a partition sums exactly, head and chosen clusters
 * together, over the contexts of a group.
 */
final class RecallGate {
  /** Below this share a partition is not used. */
  static final double LOWEST = .8;

  private static final int K = 256;

  private RecallGate() {}

  /** The mean recall over the contexts of a group that has been estimated. */
  static double recall(PartitionIndex partition, PartitionedSoftmax group) {
    int dimension = partition.dimension();
    double[][] h = new double[group.count()][dimension];
    for (int i = 0; i < group.count(); i++) {
      for (int l = 0; l < dimension; l++) {
        h[i][l] = group.latent(i)[l];
      }
    }
    int[][] items = new int[LANES][Math.min(K, partition.size())];
    int[] counts = new ExactIndex(partition.embeddings()).topK(h, h.length, items[0].length, items);
    double recall = 0;
    for (int i = 0; i < group.count(); i++) {
      int covered = 0;
      for (int j = 0; j < counts[i]; j++) {
        covered += group.isCovered(i, partition.items().place(items[i][j])) ? 1 : 0;
      }
      recall += (double) covered / counts[i] / group.count();
    }
    return recall;
  }
}
