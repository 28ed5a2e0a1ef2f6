package hindcast.bench;

import java.util.List;

/**
 * What an index benchmark found.
 *
 * @param data name of the data
 * @param size P
 * @param dimension L
 * @param seed of data and indexes
 * @param queries how many
 * @param builds of each index
 * @param results in the order measured
 */
record IndexRun(
    String data,
    int size,
    int dimension,
    long seed,
    int queries,
    List<BuildTime> builds,
    List<Result> results) {

  /**
   * One index with one setting.
   *
   * @param index exact, hnsw or partition
   * @param setting candidates kept (hnsw) or places enumerated (partition); 0 for exact
   * @param k items asked for
   * @param batch queries at a time
   * @param recall share of found items that score at least as much as the k-th best item does;
   *     items with the same vector are as good as each other
   * @param micros CPU microseconds a query
   */
  record Result(String index, int setting, int k, int batch, double recall, Quantiles micros) {}
}
