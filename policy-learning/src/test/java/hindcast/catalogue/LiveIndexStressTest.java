package hindcast.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.numeric.CounterBasedRandom;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Readers beside a writer that adds and removes and rebuilds that switch: no search may return an
 * item whose removal had finished before it began, miss one that was there all the while and
 * belongs to the best, return one twice, or return one that was never added. A quarter of a second
 * in each build; {@code -Dhindcast.stress.seconds=600} for the long form.
 */
class LiveIndexStressTest {
  private static final int L = 12;
  private static final int START = 2000;
  private static final int MOST = 1 << 20;
  private static final int K = 25;
  private static final double SECONDS =
      Double.parseDouble(System.getProperty("hindcast.stress.seconds", "0.25"));

  /** Of each id: 0 not there yet, 1 there, 2 being removed, 3 removed. */
  private final AtomicIntegerArray stages = new AtomicIntegerArray(MOST);

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong searches = new AtomicLong();
  private final ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();

  private final float[][] vectors = new float[MOST][];

  /** The vector of an id is a function of it; kept before its stage says that it is there. */
  private float[] vector(int id) {
    if (vectors[id] == null) {
      vectors[id] = drawn(id);
    }
    return vectors[id];
  }

  private static float[] drawn(int id) {
    float[] vector = new float[L];
    for (int l = 0; l < L; l++) {
      vector[l] = (float) CounterBasedRandom.gaussian(id, l);
    }
    return vector;
  }

  private LiveIndex live(ExecutorService executor) {
    float[] rows = new float[START * L];
    for (int id = 0; id < START; id++) {
      System.arraycopy(vector(id), 0, rows, id * L, L);
    }
    LiveIndex.Builder builder =
        items -> PartitionIndex.builder(items).threads(1).iterations(1).build();
    return new LiveIndex(
        SampleItems.of(rows, L),
        builder,
        new LiveIndexSettings(.05, .05, 50, 50, K, 0, 20),
        executor);
  }

  @Test
  void noSearchIsWrongWhileTheIndexChanges() throws InterruptedException {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    LiveIndex live = live(executor);
    for (int id = 0; id < START; id++) {
      stages.set(id, 1);
    }
    Thread[] threads = {
      new Thread(() -> run(() -> write(live))),
      new Thread(() -> run(() -> read(live, 1))),
      new Thread(() -> run(() -> read(live, 2)))
    };
    for (Thread thread : threads) {
      thread.start();
    }
    long end = System.nanoTime() + (long) (SECONDS * 1e9);
    while (System.nanoTime() < end || live.rebuilds() < 2 || searches.get() < 200) {
      if (!wrong.isEmpty()) {
        break;
      }
      Thread.sleep(5);
    }
    over.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    executor.shutdown();
    assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(wrong).isEmpty();
    assertThat(live.failures()).isZero();
    assertThat(live.rebuilds()).isGreaterThanOrEqualTo(2);
    assertThatTheRestIsExact(live);
  }

  private void run(Runnable body) {
    try {
      body.run();
    } catch (RuntimeException | AssertionError e) {
      wrong.add(e);
    }
  }

  private void write(LiveIndex live) {
    int next = START;
    for (long step = 0; !over.get() && next < MOST - 1; step++) {
      int id = live.add(vector(next));
      assertThat(id).isEqualTo(next);
      stages.set(next++, 1);
      int victim = CounterBasedRandom.below(99, step, next);
      while (stages.get(victim) != 1) {
        victim = (victim + 1) % next;
      }
      stages.set(victim, 2);
      assertThat(live.remove(victim)).isTrue();
      stages.set(victim, 3);
      LockSupport.parkNanos(500_000);
    }
  }

  private void read(LiveIndex live, long key) {
    int[] found = new int[K];
    int[] before = new int[MOST];
    for (long q = 0; !over.get(); q++) {
      double[] h = new double[L];
      int near = CounterBasedRandom.below(key, q, START);
      float[] vector = vector(near);
      Arrays.setAll(h, l -> vector[l]);
      int known = snapshot(before);
      int count = live.exactTopK(h, K, found);
      check(h, before, known, found, count, true);
      known = snapshot(before);
      count = live.topK(h, K, found);
      check(h, before, known, found, count, false);
      searches.incrementAndGet();
    }
  }

  private int snapshot(int[] before) {
    int id = 0;
    for (; id < MOST && stages.get(id) != 0; id++) {
      before[id] = stages.get(id);
    }
    return id;
  }

  private void check(double[] h, int[] before, int known, int[] found, int count, boolean exact) {
    assertThat(count).isEqualTo(K);
    double last = Double.POSITIVE_INFINITY;
    boolean[] seen = new boolean[known];
    for (int j = 0; j < count; j++) {
      double score = score(found[j], h);
      assertThat(score).as("falling scores").isLessThanOrEqualTo(last + 1e-4);
      last = score;
      if (found[j] < known) {
        assertThat(before[found[j]]).as("stage of %s", found[j]).isNotEqualTo(3);
        assertThat(seen[found[j]]).as("%s twice", found[j]).isFalse();
        seen[found[j]] = true;
      }
    }
    for (int id = 0; exact && id < known; id++) {
      if (before[id] == 1 && stages.get(id) == 1 && !seen[id]) {
        assertThat(score(id, h)).as("missed %s", id).isLessThanOrEqualTo(last + 1e-4);
      }
    }
  }

  private double score(int id, double[] h) {
    float[] vector = vector(id);
    double score = 0;
    for (int l = 0; l < L; l++) {
      score += h[l] * vector[l];
    }
    return score;
  }

  private void assertThatTheRestIsExact(LiveIndex live) {
    int known = snapshot(new int[MOST]);
    int living = 0;
    for (int id = 0; id < known; id++) {
      living += stages.get(id) == 1 ? 1 : 0;
    }
    assertThat(live.size()).isEqualTo(living);
    int[] all = new int[known];
    assertThat(live.exactTopK(new double[L], known, all)).isEqualTo(living);
    for (int j = 0; j < living; j++) {
      assertThat(stages.get(all[j])).isEqualTo(1);
    }
  }
}
