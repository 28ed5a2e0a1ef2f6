package hindcast.gradient;

import static hindcast.numeric.MinibatchKernels.LANES;

import hindcast.catalogue.ExactIndex;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.PartitionIndex;

/**
 * Which share of the 256 items of largest score a partition finds in head and chosen clusters, as
 * many places as its careful form enumerates ({@link PartitionForm#CAREFUL}), over the contexts of
 * a group. Items are told apart by score.
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
    int k = Math.min(K, partition.size());
    int[][] best = new int[LANES][k];
    int[][] found = new int[LANES][k];
    ItemEmbeddings embeddings = partition.embeddings();
    int[] counts = new ExactIndex(embeddings).topK(h, h.length, k, best);
    int[] foundCounts =
        partition.search(PartitionForm.CAREFUL.budget()).topK(h, h.length, k, found);
    double recall = 0;
    for (int i = 0; i < group.count(); i++) {
      double lowest = embeddings.score(best[i][counts[i] - 1], h[i]);
      int covered = 0;
      for (int j = 0; j < foundCounts[i]; j++) {
        covered += embeddings.score(found[i][j], h[i]) >= lowest ? 1 : 0;
      }
      recall += (double) covered / counts[i] / group.count();
    }
    return recall;
  }
}
