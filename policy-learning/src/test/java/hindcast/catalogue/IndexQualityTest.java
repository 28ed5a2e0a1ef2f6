package hindcast.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.testing.Quality;
import org.junit.jupiter.api.Test;

/**
 * Recall against brute force where indexes differ: norms that vary, equal norms, clouds, no
 * structure. The full form uses 100,000 items of 64 dimensions.
 */
class IndexQualityTest {
  private static final int P = Quality.size(8_000, 100_000);
  private static final int L = Quality.size(32, 64);
  private static final int QUERIES = Quality.size(64, 256);

  private static final int CLOUDS = P / 300;

  private static double partition(ItemEmbeddings items, int budget, int k) {
    PartitionIndex partition = PartitionIndex.builder(items).threads(2).build();
    double[][] h = SampleItems.queries(items, QUERIES, 77);
    return Recall.of(partition.search(budget), items, h, k);
  }

  private static double graph(ItemEmbeddings items, int ef, int k) {
    HnswIndex graph = HnswIndex.builder(items).ef(ef).threads(2).build();
    return Recall.of(graph, items, SampleItems.queries(items, QUERIES, 77), k);
  }

  @Test
  void thePartitionFindsNearlyAllWhereNormsVary() {
    ItemEmbeddings items = SampleItems.of(SampleItems.normsVary(P, L, CLOUDS, 1), L);
    assertThat(partition(items, 2000, 32)).isGreaterThan(.97);
    assertThat(partition(items, 2000, 256)).isGreaterThan(.93);
  }

  @Test
  void thePartitionFindsMostInClouds() {
    ItemEmbeddings clouds = SampleItems.of(SampleItems.clustered(P, L, CLOUDS, 2), L);
    assertThat(partition(clouds, 2000, 256)).isGreaterThan(.9);
    ItemEmbeddings normalised = SampleItems.of(SampleItems.normalised(P, L, CLOUDS, 3), L);
    assertThat(partition(normalised, 2000, 256)).isGreaterThan(.85);
  }

  @Test
  void withoutStructureThePartitionMissesAndMoreBudgetHelps() {
    ItemEmbeddings items = SampleItems.of(SampleItems.isotropic(P, L, 4), L);
    double small = partition(items, 1000, 256);
    double large = partition(items, P / 2, 256);
    assertThat(small).isLessThan(.8);
    assertThat(large).isGreaterThan(small + .1);
  }

  @Test
  void theGraphIsGoodAtFewItemsAndLosesManyWhereNormsVary() {
    ItemEmbeddings items = SampleItems.of(SampleItems.normsVary(P / 2, L, CLOUDS, 1), L);
    assertThat(graph(items, 256, 32)).isGreaterThan(.9);
    ItemEmbeddings normalised = SampleItems.of(SampleItems.normalised(P / 2, L, CLOUDS, 3), L);
    assertThat(graph(normalised, 512, 256)).isGreaterThan(.9);
  }
}
