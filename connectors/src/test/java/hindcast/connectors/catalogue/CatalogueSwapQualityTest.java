package hindcast.connectors.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.ItemCatalogue;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers score and search while versions are swapped under them, broken ones among them: no result
 * differs from brute force, and nothing is left at the end: no catalogue, no open file, no mapping,
 * no thread. Twenty versions in a build, ten minutes with {@code -Pquality}.
 */
class CatalogueSwapQualityTest {
  private static final int READERS = 4;
  private static final boolean FULL = "full".equals(System.getProperty("hindcast.quality"));

  @TempDir Path directory;

  private final CatalogueStore store = new CatalogueStore(Duration.ofMillis(50));
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final Queue<WeakReference<ItemCatalogue>> seen = new ConcurrentLinkedQueue<>();
  private volatile CatalogueManifest current;
  private volatile boolean ended;
  private SwappedCatalogues versions;

  @Test
  void readersAreRightWhileVersionsAreSwapped() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(FULL ? 600 : 60);
    versions = new SwappedCatalogues(directory);
    current = versions.next();
    ExecutorService executor = Executors.newFixedThreadPool(READERS);
    long swaps = 0;
    try {
      List<Future<Void>> readers = new ArrayList<>();
      for (int reader = 0; reader < READERS; reader++) {
        Random random = new Random(reader);
        readers.add(executor.submit(() -> read(random)));
      }
      while (System.nanoTime() < end
          && (FULL || !isEnough(swaps))
          && readers.stream().noneMatch(Future::isDone)) {
        current = versions.next();
        swaps++;
        Thread.sleep(5);
      }
      ended = true;
      for (Future<Void> reader : readers) {
        reader.get();
      }
    } finally {
      ended = true;
      executor.shutdownNow();
    }
    System.out.printf(
        "%,d reads over %,d versions, %,d refusals of broken ones%n",
        reads.get(), swaps, refused.get());
    assertThat(isEnough(swaps)).isTrue();
    requireNothingLeft();
  }

  private boolean isEnough(long swaps) {
    return swaps >= 20 && reads.get() >= 500 && refused.get() >= 2;
  }

  private Void read(Random random) throws IOException {
    CatalogueStore.Lease lease = null;
    while (!ended) {
      CatalogueManifest manifest = current;
      try {
        CatalogueStore.Lease newer = store.acquire(manifest);
        assertThat(SwappedCatalogues.isBroken(manifest)).isFalse();
        seen.add(new WeakReference<>(newer.catalogue()));
        if (lease != null) {
          lease.close();
        }
        lease = newer;
        assertThat(lease.catalogue().version()).isEqualTo(manifest.getVersion());
      } catch (CatalogueException e) {
        boolean gone = e.fault() == CatalogueException.Fault.MISSING && !manifest.equals(current);
        assertThat(SwappedCatalogues.isBroken(manifest) || gone).as(e.getMessage()).isTrue();
        refused.incrementAndGet();
      }
      for (int times = random.nextInt(20); lease != null && times >= 0; times--) {
        check(lease, random);
      }
    }
    if (lease != null) {
      lease.close();
    }
    return null;
  }

  private void check(CatalogueStore.Lease lease, Random random) {
    ItemCatalogue catalogue = lease.catalogue();
    int number = SwappedCatalogues.number(catalogue);
    double[] h = random.doubles(SwappedCatalogues.DIMENSION, -1, 1).toArray();
    int item = random.nextInt(SwappedCatalogues.ITEMS);
    assertThat(catalogue.indexOf(number + "-" + item)).isEqualTo(item);
    assertThat(catalogue.embeddings().score(item, h))
        .isCloseTo(versions.score(number, item, h), within(1e-4));
    int[] best = new int[3];
    assertThat(lease.indexes().exact().topK(h, 3, best)).isEqualTo(3);
    double largest = versions.score(number, versions.best(number, h), h);
    assertThat(versions.score(number, best[0], h)).isCloseTo(largest, within(1e-4));
    reads.incrementAndGet();
  }

  private void requireNothingLeft() throws IOException {
    await().atMost(Duration.ofSeconds(20)).until(() -> store.loaded() == 0);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              System.gc();
              seen.removeIf(catalogue -> catalogue.refersTo(null));
              return seen.isEmpty();
            });
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("hindcast-catalogue-hash")));
    if (Files.isDirectory(Path.of("/proc/self/fd"))) {
      assertThat(Files.readString(Path.of("/proc/self/maps"))).doesNotContain(".catalogue");
      assertThat(openCatalogues()).isZero();
    }
  }

  private static long openCatalogues() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.filter(CatalogueSwapQualityTest::isCatalogue).count();
    }
  }

  private static boolean isCatalogue(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().contains(".catalogue");
    } catch (IOException e) {
      return false;
    }
  }
}
