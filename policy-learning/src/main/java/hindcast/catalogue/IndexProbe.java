package hindcast.catalogue;

/**
 * Measures the recall@K of an index on single queries, by searching for each exactly too; see
 * {@link RecallProbe} for what recall is. One exact search scores every item. Not safe for use by
 * several threads.
 */
public final class IndexProbe {
  private final MaximumInnerProductIndex index;
  private final MaximumInnerProductIndex exact;
  private final ItemEmbeddings embeddings;
  private final int[] found;

  /**
   * A probe.
   *
   * @param kind which index of the catalogue is measured
   * @param indexes the searches over the catalogue
   * @param k K, at least 1; where there are fewer items, their number
   */
  public IndexProbe(IndexKind kind, CatalogueIndexes indexes, int k) {
    this.index = kind == IndexKind.HNSW ? indexes.hnsw() : indexes.partition();
    this.exact = indexes.exact();
    this.embeddings = indexes.embeddings();
    this.found = new int[Math.min(k, embeddings.size())];
  }

  /** The recall of one query, in [0, 1]. */
  public double recall(double[] h) {
    double[] best = scores(exact, h);
    double[] foundScores = scores(index, h);
    return RecallProbe.recall(foundScores, foundScores.length, best);
  }

  private double[] scores(MaximumInnerProductIndex searched, double[] h) {
    int count = searched.topK(h, found.length, found);
    double[] scores = new double[count];
    for (int j = 0; j < count; j++) {
      scores[j] = embeddings.score(found[j], h);
    }
    return scores;
  }
}
