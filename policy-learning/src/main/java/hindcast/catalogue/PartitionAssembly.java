package hindcast.catalogue;

import java.util.Arrays;
import java.util.List;

/** Lays the head and the clusters out in blocks and copies their vectors there. */
final class PartitionAssembly {
  private static final int BLOCKS_A_TASK = 64;
  private final ItemEmbeddings embeddings;
  private final int threads;
  private final BuildProgress progress;

  PartitionAssembly(ItemEmbeddings embeddings, int threads, BuildProgress progress) {
    this.embeddings = embeddings;
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * The partition.
   *
   * @param distinct which items share a place
   * @param head representatives in front
   * @param groups representatives of each cluster, none empty
   */
  PartitionIndex of(DistinctItems distinct, int[] head, List<int[]> groups) {
    int[] sizes = groups.stream().mapToInt(group -> group.length).toArray();
    int[] firstBlock = new int[sizes.length + 1];
    firstBlock[0] = Packing.blocks(head.length);
    for (int c = 0; c < sizes.length; c++) {
      firstBlock[c + 1] = firstBlock[c] + Packing.blocks(sizes[c]);
    }
    int blocks = firstBlock[sizes.length];
    float[] packed = new float[Packing.length(blocks, embeddings.dimension())];
    int[] itemAt = new int[blocks * Packing.BLOCK];
    Arrays.fill(itemAt, -1);
    System.arraycopy(head, 0, itemAt, 0, head.length);
    for (int c = 0; c < sizes.length; c++) {
      System.arraycopy(groups.get(c), 0, itemAt, firstBlock[c] * Packing.BLOCK, sizes[c]);
    }
    copyVectors(itemAt, packed, blocks);
    PartitionedItems items =
        new PartitionedItems(embeddings.dimension(), packed, PlaceMembers.of(distinct, itemAt));
    ItemClusters clusters = ItemClusters.of(items, firstBlock, sizes, threads);
    progress.report("vectors", 1, 1);
    return new PartitionIndex(items, head.length, clusters);
  }

  private void copyVectors(int[] itemAt, float[] packed, int blocks) {
    progress.report("vectors", 0, 1);
    int tasks = (blocks + BLOCKS_A_TASK - 1) / BLOCKS_A_TASK;
    ParallelTasks.run(
        threads,
        tasks,
        task -> {
          ItemRows rows = new ItemRows(embeddings);
          int to = Math.min(blocks, (task + 1) * BLOCKS_A_TASK) * Packing.BLOCK;
          for (int place = task * BLOCKS_A_TASK * Packing.BLOCK; place < to; place++) {
            if (itemAt[place] >= 0) {
              int at = Packing.at(place, embeddings.dimension());
              rows.read(itemAt[place], packed, at, Packing.BLOCK);
            }
          }
        });
  }
}
