package hindcast.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.numeric.CounterBasedRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveCatalogueTest {
  private static final int DIMENSION = 8;
  private static final LiveIndexSettings SETTINGS =
      new LiveIndexSettings(.1, .2, 50, 0, 20, .8, 50);

  private final AtomicInteger builds = new AtomicInteger();
  private final LiveIndex.Builder exact =
      vectors -> {
        builds.incrementAndGet();
        return new ExactIndex(vectors);
      };

  @Test
  void aVersionThatDiffersInFewItemsIsFollowedWithoutABuild() {
    LiveCatalogue live = live(catalogue("one", 0, 1_000, 1));
    for (int version = 1; version < 6; version++) {
      ItemCatalogue next = catalogue("v" + version, 3 * version, 1_000 + 2 * version, 1);
      assertThat(live.follow(next)).isEqualTo(5);
      requireSame(live, next);
    }
    assertThat(builds).hasValue(1);
    assertThat(live.index().size()).isEqualTo(995);
    assertThat(live.follow(live.catalogue())).isZero();
  }

  @Test
  void movedItemsAreFoundWhereTheyAreNowAndManyChangesRebuild() {
    LiveCatalogue live = live(catalogue("one", 0, 1_000, 1));
    ItemCatalogue moved = catalogue("two", 0, 1_000, 2);
    assertThat(live.follow(moved)).isEqualTo(2_000);
    assertThat(builds).hasValue(2);
    requireSame(live, moved);
    ItemCatalogue back = catalogue("one", 0, 1_000, 1);
    live.follow(back);
    requireSame(live, back);
  }

  @Test
  void anotherSpaceIsRefusedAndChangesNothing() {
    LiveCatalogue live = live(catalogue("one", 0, 100, 1));
    ItemCatalogue other = new ItemCatalogue("x", "elsewhere", new String[] {"a"}, rows(0, 1, 1));
    assertThatThrownBy(() -> live.follow(other)).hasMessageContaining("elsewhere is not space");
    requireSame(live, live.catalogue());
  }

  @Test
  void everySearchSeesOneVersionWhole() throws InterruptedException {
    ItemCatalogue one = catalogue("one", 0, 300, 1);
    ItemCatalogue two = catalogue("two", 150, 450, 1);
    LiveCatalogue live = live(one);
    double[] h = query(7);
    List<List<String>> allowed = List.of(best(one, h, 20), best(two, h, 20));
    List<List<String>> wrong = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean done = new AtomicBoolean();
    List<Thread> readers = new ArrayList<>();
    for (int r = 0; r < 2; r++) {
      Thread reader =
          new Thread(
              () -> {
                while (!done.get()) {
                  List<String> found = live.topK(h, 20);
                  if (!allowed.contains(found)) {
                    wrong.add(found);
                  }
                }
              });
      reader.start();
      readers.add(reader);
    }
    for (int swap = 0; swap < 200; swap++) {
      live.follow(swap % 2 == 0 ? two : one);
    }
    done.set(true);
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aChangeWithAWrongItemChangesNothing() {
    LiveIndex index = new LiveIndex(rows(0, 10, 1), exact, SETTINGS, Runnable::run);
    assertThatThrownBy(() -> index.change(new int[] {3, 99}, new float[0][]))
        .hasMessageContaining("99");
    assertThatThrownBy(() -> index.change(new int[] {3}, new float[][] {{1}}))
        .hasMessageContaining("needs 8 components: 1");
    assertThat(index.size()).isEqualTo(10);
    assertThat(index.tombstones()).isZero();
    assertThat(index.topK(query(1), 10, new int[10])).isEqualTo(10);
  }

  private LiveCatalogue live(ItemCatalogue catalogue) {
    return new LiveCatalogue(catalogue, exact, SETTINGS, Runnable::run);
  }

  private static void requireSame(LiveCatalogue live, ItemCatalogue catalogue) {
    for (int q = 0; q < 5; q++) {
      double[] h = query(q);
      assertThat(live.topK(h, 20)).isEqualTo(best(catalogue, h, 20));
    }
  }

  private static List<String> best(ItemCatalogue catalogue, double[] h, int k) {
    int[] found = new int[k];
    int count = new ExactIndex(catalogue.embeddings()).topK(h, k, found);
    List<String> names = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      names.add(catalogue.idOf(found[j]));
    }
    return names;
  }

  private static double[] query(int number) {
    double[] h = new double[DIMENSION];
    for (int l = 0; l < DIMENSION; l++) {
      h[l] = CounterBasedRandom.gaussian(1_000 + number, l);
    }
    return h;
  }

  /** Items {@code from} to {@code to}; the same item has the same vector under the same seed. */
  private static ItemCatalogue catalogue(String version, int from, int to, long seed) {
    String[] ids = new String[to - from];
    for (int a = from; a < to; a++) {
      ids[a - from] = "item-" + a;
    }
    return new ItemCatalogue(version, "space", ids, rows(from, to, seed));
  }

  private static PackedEmbeddings rows(int from, int to, long seed) {
    float[] rows = new float[(to - from) * DIMENSION];
    for (int a = from; a < to; a++) {
      for (int l = 0; l < DIMENSION; l++) {
        rows[(a - from) * DIMENSION + l] =
            (float) CounterBasedRandom.gaussian(seed, (long) a * DIMENSION + l);
      }
    }
    return PackedEmbeddings.ofRows(rows, to - from, DIMENSION);
  }
}
