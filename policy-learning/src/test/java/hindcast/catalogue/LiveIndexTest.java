package hindcast.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class LiveIndexTest {
  private static final int L = 8;
  private static final ItemEmbeddings ITEMS =
      SampleItems.of(SampleItems.normsVary(600, L, 12, 1), L);
  private static final float[] ADDED = SampleItems.normsVary(600, L, 12, 2);
  private static final LiveIndexSettings NEVER = new LiveIndexSettings(1, 1, 1 << 30, 0, 10, 0, 20);

  private final Queue<Runnable> later = new ArrayDeque<>();

  private LiveIndex live(LiveIndexSettings settings) {
    return new LiveIndex(ITEMS, ExactIndex::new, settings, later::add);
  }

  private static float[] added(int j) {
    return Arrays.copyOfRange(ADDED, j * L, (j + 1) * L);
  }

  private static double[] asQuery(float[] vector) {
    double[] h = new double[L];
    Arrays.setAll(h, l -> 50 * vector[l]);
    return h;
  }

  private static float[] large(int scale) {
    float[] vector = new float[L];
    vector[3] = scale;
    return vector;
  }

  @Test
  void anAddedItemIsFoundAtOnceAndARemovedOneNeverAgain() {
    LiveIndex live = live(NEVER);
    int id = live.add(large(100));
    assertThat(id).isEqualTo(600);
    int[] found = new int[3];
    assertThat(live.topK(asQuery(large(1)), 3, found)).isEqualTo(3);
    assertThat(found[0]).isEqualTo(600);
    int best = found[1];
    assertThat(live.remove(600)).isTrue();
    assertThat(live.remove(600)).isFalse();
    assertThat(live.remove(best)).isTrue();
    live.topK(asQuery(large(1)), 3, found);
    assertThat(found).doesNotContain(600, best);
    assertThat(live.size()).isEqualTo(599);
    assertThat(live.tombstones()).isEqualTo(2);
    assertThat(live.tail()).isEqualTo(1);
  }

  @Test
  void idsSurviveARebuildAndWhatHappensMeanwhileCarriesOver() {
    Queue<Runnable> meanwhile = new ArrayDeque<>();
    LiveIndex.Builder builder =
        items -> {
          while (!meanwhile.isEmpty()) {
            meanwhile.remove().run();
          }
          return new ExactIndex(items);
        };
    LiveIndex live = new LiveIndex(ITEMS, builder, NEVER, later::add);
    int early = live.add(large(100));
    live.remove(5);
    assertThat(live.rebuild()).isTrue();
    assertThat(live.rebuild()).isFalse();
    meanwhile.add(() -> assertThat(live.add(large(90))).isEqualTo(601));
    meanwhile.add(() -> assertThat(live.add(large(95))).isEqualTo(602));
    meanwhile.add(() -> assertThat(live.remove(early)).isTrue());
    meanwhile.add(() -> assertThat(live.remove(602)).isTrue());
    meanwhile.add(() -> assertThat(live.remove(7)).isTrue());
    later.remove().run();
    assertThat(live.failures()).isZero();
    assertThat(live.rebuilds()).isEqualTo(1);
    assertThat(live.rebuilding()).isFalse();
    assertThat(live.tail()).isEqualTo(1);
    assertThat(live.tombstones()).isEqualTo(2);
    assertThat(live.size()).isEqualTo(599);
    int[] all = new int[700];
    int count = live.topK(asQuery(large(1)), 700, all);
    assertThat(count).isEqualTo(599);
    assertThat(all[0]).isEqualTo(601);
    assertThat(Arrays.copyOf(all, count)).doesNotContain(5, 7, early, 602).doesNotHaveDuplicates();
    assertThat(live.remove(5)).isFalse();
    assertThat(live.remove(601)).isTrue();
    assertThat(live.add(large(80))).isEqualTo(603);
  }

  @Test
  void aLargeTailOrManyTombstonesCallForARebuild() {
    LiveIndex tail = live(new LiveIndexSettings(.1, 1, 10, 0, 10, 0, 20));
    for (int j = 0; j < 66; j++) {
      tail.add(added(j));
    }
    assertThat(later).isEmpty();
    tail.add(added(66));
    assertThat(later).hasSize(1);
    later.clear();
    LiveIndex tombstones = live(new LiveIndexSettings(1, .1, 10, 0, 10, 0, 20));
    for (int id = 0; id < 60; id++) {
      assertThat(later).isEmpty();
      tombstones.remove(id);
    }
    later.remove().run();
    assertThat(tombstones.tombstones()).isZero();
    assertThat(tombstones.size()).isEqualTo(540);
  }

  @Test
  void poorRecallAlarmsAndCallsForARebuild() {
    LiveIndexSettings settings = new LiveIndexSettings(1, 1, 5, 2, 20, .9, 20);
    MaximumInnerProductIndex useless =
        (h, k, out) -> {
          Arrays.setAll(out, j -> j);
          return Math.min(k, 600);
        };
    LiveIndex live = new LiveIndex(ITEMS, items -> useless, settings, later::add);
    for (int j = 0; j < 5; j++) {
      live.add(added(j));
    }
    double[][] h = SampleItems.queries(ITEMS, 40, 3);
    int[] found = new int[20];
    for (double[] query : h) {
      live.topK(query, 20, found);
    }
    assertThat(later).hasSize(20);
    while (later.size() > 0 && !live.rebuilding()) {
      later.remove().run();
    }
    assertThat(live.rebuilding()).isTrue();
    assertThat(live.recall().alarming()).isTrue();
    assertThat(live.recall().alarms()).isEqualTo(1);
    assertThat(live.recall().recall()).isLessThan(.9);
  }

  @Test
  void anExactBaseHasRecallOne() {
    LiveIndex live = live(NEVER);
    live.add(added(1));
    live.remove(3);
    for (double[] h : SampleItems.queries(ITEMS, 30, 4)) {
      assertThat(live.probe(h)).isEqualTo(1);
    }
    assertThat(live.recall().alarming()).isFalse();
  }

  @Test
  void aFailedRebuildLeavesTheOldStateInUse() {
    boolean[] fail = new boolean[1];
    LiveIndex live =
        new LiveIndex(
            ITEMS,
            items -> {
              if (fail[0]) {
                throw new IllegalStateException("no memory for it");
              }
              return new ExactIndex(items);
            },
            NEVER,
            later::add);
    fail[0] = true;
    live.remove(0);
    live.rebuild();
    later.remove().run();
    assertThat(live.failures()).isEqualTo(1);
    assertThat(live.lastFailure()).hasMessage("no memory for it");
    assertThat(live.topK(asQuery(large(1)), 5, new int[5])).isEqualTo(5);
    fail[0] = false;
    live.rebuild();
    later.remove().run();
    assertThat(live.rebuilds()).isEqualTo(1);
    assertThat(live.lastFailure()).isNull();
  }

  @Test
  void anExecutorThatTakesNothingIsAFailureAndSearchesGoOn() {
    LiveIndex live =
        new LiveIndex(
            ITEMS,
            ExactIndex::new,
            new LiveIndexSettings(1, 1, 1 << 30, 1, 10, 0, 20),
            task -> {
              throw new RejectedExecutionException("closed");
            });
    assertThat(live.topK(asQuery(large(1)), 5, new int[5])).isEqualTo(5);
    assertThat(live.failures()).isEqualTo(1);
    live.rebuild();
    assertThat(live.rebuilding()).isFalse();
  }

  @Test
  void everythingCanBeRemoved() {
    LiveIndex live = live(new LiveIndexSettings(.1, .1, 1, 0, 10, 0, 20));
    for (int id = 0; id < 600; id++) {
      live.remove(id);
    }
    while (!later.isEmpty()) {
      later.remove().run();
    }
    assertThat(live.size()).isZero();
    assertThat(live.topK(asQuery(large(1)), 5, new int[5])).isZero();
    assertThat(live.add(large(1))).isEqualTo(600);
    assertThat(live.topK(asQuery(large(1)), 5, new int[5])).isEqualTo(1);
  }

  @Test
  void badVectorsAndSettingsAreRefused() {
    LiveIndex live = live(NEVER);
    assertThatThrownBy(() -> live.add(new float[3])).hasMessageContaining("8 components: 3");
    assertThatThrownBy(() -> live.add(new float[] {1, 2, 3, 4, 5, 6, 7, Float.NaN}))
        .hasMessageContaining("finite");
    assertThatThrownBy(() -> new LiveIndexSettings(0, 1, 1, 0, 1, 0, 20))
        .hasMessage("tail share must be in (0, 1]: 0.0");
    assertThatThrownBy(() -> new RecallProbe(0, .5, 20)).hasMessageContaining("at least 1: 0");
  }
}
