package hindcast.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.numeric.CounterBasedRandom;
import hindcast.testing.Logs;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MaximumInnerProductIndexTest {
  private static final int L = 16;
  private static final ItemEmbeddings ITEMS = Logs.catalogue(1000, L, 3).embeddings();

  private static double[] query(int q) {
    double[] h = new double[L];
    for (int l = 0; l < L; l++) {
      h[l] = CounterBasedRandom.gaussian(q, l);
    }
    return h;
  }

  @Test
  void exactIndexReturnsTheLargestScoresInOrder() {
    int[] found = new int[50];
    double[] h = query(1);
    assertThat(new ExactIndex(ITEMS).topK(h, 50, found)).isEqualTo(50);
    double[] scores = new double[ITEMS.size()];
    ITEMS.scores(h, scores);
    Integer[] order = new Integer[ITEMS.size()];
    Arrays.setAll(order, a -> a);
    Arrays.sort(order, (a, b) -> Double.compare(scores[b], scores[a]));
    for (int j = 0; j < 50; j++) {
      assertThat(found[j]).isEqualTo(order[j]);
    }
  }

  @Test
  void exactIndexBreaksTiesByOrderAndStopsAtTheCatalogue() {
    int[] found = new int[5];
    assertThat(ExactIndex.select(new double[] {1, 2, 2, 1}, 4, 5, found)).isEqualTo(4);
    assertThat(found).containsExactly(1, 2, 0, 3, 0);
  }

  @Test
  void graphFindsNearlyAllAndTheSameEveryTime() {
    HnswIndex graph = new HnswIndex(ITEMS);
    HnswIndex again = new HnswIndex(ITEMS);
    ExactIndex exact = new ExactIndex(ITEMS);
    int hits = 0;
    int[] want = new int[64];
    int[] got = new int[64];
    int[] second = new int[64];
    for (int q = 0; q < 50; q++) {
      exact.topK(query(q), 64, want);
      assertThat(graph.topK(query(q), 64, got)).isEqualTo(64);
      again.topK(query(q), 64, second);
      assertThat(second).isEqualTo(got);
      Set<Integer> distinct = new HashSet<>();
      for (int item : got) {
        distinct.add(item);
      }
      assertThat(distinct).hasSize(64);
      for (int item : want) {
        hits += distinct.contains(item) ? 1 : 0;
      }
    }
    assertThat(hits / (50.0 * 64)).isGreaterThan(0.9);
  }
}
