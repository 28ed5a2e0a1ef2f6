package hindcast.catalogue;

/**
 * Scores every item and keeps the best k: O(P L) a query. The oracle for other indexes, and the
 * right choice for small catalogues. Ties go to the smallest index; among items that share a vector
 * with others of a partition, to the earlier place.
 *
 * <p>Packed embeddings are scored in single precision, all queries of a minibatch in one pass over
 * the catalogue ({@link PackedScan}); others in their own precision, query by query. Safe for use
 * by several threads; buffers are kept from search to search.
 */
public final class ExactIndex implements MaximumInnerProductIndex {
  private final ItemEmbeddings embeddings;
  private final PartitionedItems places;
  private final Scratches<PackedScan> scans;

  /** An index over a catalogue's vectors. */
  public ExactIndex(ItemEmbeddings embeddings) {
    this.embeddings = embeddings;
    this.places =
        embeddings instanceof PartitionedEmbeddings partitioned ? partitioned.items() : null;
    this.scans = scans(embeddings);
  }

  private static Scratches<PackedScan> scans(ItemEmbeddings embeddings) {
    if (embeddings instanceof PackedEmbeddings all) {
      return new Scratches<>(() -> new PackedScan(all.packed(), all.dimension(), all.size(), null));
    }
    if (embeddings instanceof PartitionedEmbeddings all) {
      PartitionedItems items = all.items();
      return new Scratches<>(
          () ->
              new PackedScan(
                  items.packed(), items.dimension(), items.places(), items.multiplicities()));
    }
    return null;
  }

  @Override
  public int topK(double[] h, int k, int[] itemsOut) {
    if (scans == null) {
      double[] scores = new double[embeddings.size()];
      embeddings.scores(h, scores);
      return select(scores, scores.length, k, itemsOut);
    }
    return scans.with(
        scan -> {
          scan.search(new double[][] {h}, 1, k);
          return write(scan.top(0), k, itemsOut);
        });
  }

  @Override
  public int[] topK(double[][] h, int n, int k, int[][] itemsOut) {
    if (scans == null) {
      return MaximumInnerProductIndex.super.topK(h, n, k, itemsOut);
    }
    int[] counts = new int[n];
    return scans.with(
        scan -> {
          scan.search(h, n, k);
          for (int i = 0; i < n; i++) {
            counts[i] = write(scan.top(i), k, itemsOut[i]);
          }
          return counts;
        });
  }

  private int write(TopScores best, int k, int[] itemsOut) {
    if (places != null) {
      return places.members().write(best, k, itemsOut);
    }
    for (int j = 0; j < best.count(); j++) {
      itemsOut[j] = best.id(j);
    }
    return best.count();
  }

  /** Writes the k places of largest score, largest first; returns how many. */
  public static int select(double[] scores, int count, int k, int[] itemsOut) {
    int kept = 0;
    for (int a = 0; a < count; a++) {
      if (kept < k) {
        itemsOut[kept] = a;
        siftUp(itemsOut, kept++, scores);
      } else if (worse(itemsOut[0], a, scores)) {
        itemsOut[0] = a;
        siftDown(itemsOut, kept, scores);
      }
    }
    for (int end = kept - 1; end > 0; end--) {
      int worst = itemsOut[0];
      itemsOut[0] = itemsOut[end];
      itemsOut[end] = worst;
      siftDown(itemsOut, end, scores);
    }
    return kept;
  }

  /** Whether a comes after b. */
  private static boolean worse(int a, int b, double[] scores) {
    return scores[a] < scores[b] || (scores[a] == scores[b] && a > b);
  }

  private static void siftUp(int[] heap, int at, double[] scores) {
    int child = at;
    while (child > 0 && worse(heap[child], heap[(child - 1) / 2], scores)) {
      int parent = (child - 1) / 2;
      int swap = heap[child];
      heap[child] = heap[parent];
      heap[parent] = swap;
      child = parent;
    }
  }

  private static void siftDown(int[] heap, int count, double[] scores) {
    int parent = 0;
    while (2 * parent + 1 < count) {
      int child = 2 * parent + 1;
      if (child + 1 < count && worse(heap[child + 1], heap[child], scores)) {
        child++;
      }
      if (!worse(heap[child], heap[parent], scores)) {
        return;
      }
      int swap = heap[child];
      heap[child] = heap[parent];
      heap[parent] = swap;
      parent = child;
    }
  }
}
