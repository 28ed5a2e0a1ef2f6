package hindcast.catalogue;

/**
 * Scores every item and keeps the best k: O(P L) a query. The oracle for other indexes, and the
 * right choice for small catalogues. Ties go to the smallest index. Safe for use by several
 * threads.
 */
public final class ExactIndex implements MaximumInnerProductIndex {
  private final ItemEmbeddings embeddings;

  /** An index over a catalogue's vectors. */
  public ExactIndex(ItemEmbeddings embeddings) {
    this.embeddings = embeddings;
  }

  @Override
  public int topK(double[] h, int k, int[] itemsOut) {
    double[] scores = new double[embeddings.size()];
    embeddings.scores(h, scores);
    return select(scores, scores.length, k, itemsOut);
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
