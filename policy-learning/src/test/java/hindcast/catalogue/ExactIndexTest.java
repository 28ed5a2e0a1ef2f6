package hindcast.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExactIndexTest {

  private static Stream<DynamicTest> everyShape(Consumer<ItemEmbeddings> check) {
    return SampleItems.awkward().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check.accept(e.getValue())));
  }

  /** The same vectors, stored as a partition stores them. */
  private static ItemEmbeddings partitioned(ItemEmbeddings items) {
    return PartitionIndex.builder(items).headSize(5).clusters(4).build().embeddings();
  }

  @TestFactory
  Stream<DynamicTest> topKIsSorting() {
    return everyShape(
        items -> {
          for (int k : new int[] {1, 2, 17, items.size(), items.size() + 3}) {
            assertThatTopKIsSorting(items, items, k);
            assertThatTopKIsSorting(partitioned(items), items, k);
          }
        });
  }

  private static void assertThatTopKIsSorting(ItemEmbeddings stored, ItemEmbeddings items, int k) {
    double[][] h = SampleItems.queries(items, 3, 11);
    int[][] found = new int[3][k];
    int[] counts = new ExactIndex(stored).topK(h, 3, k, found);
    double[] scores = new double[items.size()];
    for (int q = 0; q < 3; q++) {
      items.scores(h[q], scores);
      double[] best = Recall.best(scores, k);
      assertThat(counts[q]).isEqualTo(best.length);
      int[] distinct = Arrays.stream(found[q], 0, counts[q]).distinct().toArray();
      assertThat(distinct).hasSize(counts[q]);
      for (int j = 0; j < best.length; j++) {
        double tolerance = 1e-5 * (1 + Math.abs(best[j]));
        assertThat(scores[found[q][j]]).isCloseTo(best[j], within(tolerance));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> aBatchIsItsQueries() {
    return everyShape(
        items -> {
          for (ItemEmbeddings stored : new ItemEmbeddings[] {items, partitioned(items)}) {
            ExactIndex index = new ExactIndex(stored);
            double[][] h = SampleItems.queries(items, 70, 12);
            int[][] batch = new int[70][9];
            int[] counts = index.topK(h, 70, 9, batch);
            int[] single = new int[9];
            for (int q = 0; q < 70; q++) {
              assertThat(index.topK(h[q], 9, single)).isEqualTo(counts[q]);
              assertThat(batch[q]).isEqualTo(single);
            }
          }
        });
  }

  @Test
  void tiesGoToTheSmallestIndex() {
    float[] rows = {1, 2, 2, 1, 2, 0};
    ExactIndex index = new ExactIndex(SampleItems.of(rows, 1));
    int[] found = new int[4];
    assertThat(index.topK(new double[] {3}, 4, found)).isEqualTo(4);
    assertThat(found).containsExactly(1, 2, 4, 0);
  }

  @Test
  void doublePrecisionItemsAreSearchedInDoublePrecision() {
    double[] rows = {1, 1 + 1e-12, 1 + 2e-12};
    ExactIndex index = new ExactIndex(new Float64Embeddings(rows, 3, 1));
    int[][] found = new int[1][3];
    assertThat(index.topK(new double[][] {{1}}, 1, 3, found)).containsExactly(3);
    assertThat(found[0]).containsExactly(2, 1, 0);
  }
}
