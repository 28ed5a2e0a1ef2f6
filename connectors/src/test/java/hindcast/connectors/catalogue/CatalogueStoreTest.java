package hindcast.connectors.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.ItemCatalogue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueStoreTest {
  @TempDir Path directory;
  private final CatalogueStore store = new CatalogueStore(Duration.ofHours(1));
  private CatalogueManifest first;
  private CatalogueManifest second;

  @BeforeEach
  void write() throws Exception {
    first = CatalogueFileTest.write(directory.resolve("first"), "v1");
    second = CatalogueFileTest.write(directory.resolve("second"), "v2");
  }

  @Test
  void allHoldersShareOneCopy() throws Exception {
    int threads = 8;
    CyclicBarrier barrier = new CyclicBarrier(threads);
    List<Future<ItemCatalogue>> copies = new ArrayList<>();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      for (int i = 0; i < threads; i++) {
        copies.add(
            executor.submit(
                () -> {
                  barrier.await();
                  return store.acquire(first).catalogue();
                }));
      }
      for (Future<ItemCatalogue> copy : copies) {
        assertThat(copy.get()).isSameAs(copies.get(0).get());
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(store.loaded()).isEqualTo(1);
  }

  @Test
  void theLastCatalogueSurvivesTheRestartOfAJob() throws Exception {
    CatalogueStore.Lease lease = store.acquire(first);
    ItemCatalogue copy = lease.catalogue();
    lease.close();
    lease.close();
    assertThat(store.loaded()).isEqualTo(1);
    try (CatalogueStore.Lease again = store.acquire(first)) {
      assertThat(again.catalogue()).isSameAs(copy);
    }
  }

  @Test
  void aSupersededCatalogueIsFreedByItsLastReader() throws Exception {
    CatalogueStore.Lease reader = store.acquire(first);
    CatalogueStore.Lease other = store.acquire(first);
    CatalogueStore.Lease newer = store.acquire(second);
    reader.close();
    reader.close();
    assertThat(store.loaded()).isEqualTo(2);
    WeakReference<ItemCatalogue> old = new WeakReference<>(other.catalogue());
    other.close();
    assertThat(store.loaded()).isEqualTo(1);
    reader = null;
    other = null;
    await().until(() -> isCollected(old));
    assertThat(newer.catalogue().version()).isEqualTo("v2");
  }

  @Test
  void anUnusedCatalogueGivesWayToTheNextOnceThatIsLoaded() throws Exception {
    store.acquire(first).close();
    CatalogueManifest broken =
        CatalogueManifest.newBuilder(second).setSha256("0".repeat(64)).build();
    assertThatThrownBy(() -> store.acquire(broken)).isInstanceOf(CatalogueException.class);
    assertThat(store.loaded()).isEqualTo(1);
    store.acquire(second).close();
    assertThat(store.loaded()).isEqualTo(1);
  }

  @Test
  void aCatalogueNobodyWantsIsFreedAfterAPause() throws Exception {
    CatalogueStore impatient = new CatalogueStore(Duration.ofMillis(20));
    CatalogueStore.Lease held = impatient.acquire(first);
    impatient.acquire(first).close();
    held.close();
    await().until(() -> impatient.loaded() == 0);
  }

  @Test
  void aReaderThatIsInterruptedSpoilsTheLoadForNobody() throws Exception {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> store.acquire(first)).hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.acquire(first).catalogue().size()).isEqualTo(3);
    assertThat(store.loaded()).isEqualTo(1);
  }

  private static boolean isCollected(WeakReference<?> reference) {
    System.gc();
    return reference.refersTo(null);
  }

  @Test
  void aFailedLoadIsTriedAgain() throws Exception {
    Path file = Path.of(first.getLocation());
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, new byte[5]);
    assertThatThrownBy(() -> store.acquire(first)).isInstanceOf(CatalogueException.class);
    assertThat(store.loaded()).isZero();
    Files.write(file, whole);
    assertThat(store.acquire(first).catalogue().size()).isEqualTo(3);
  }

  @Test
  void aManifestThatLiesAboutALoadedFileIsRefused() throws Exception {
    try (CatalogueStore.Lease held = store.acquire(first)) {
      CatalogueManifest liar = CatalogueManifest.newBuilder(first).setVersion("v9").build();
      assertThatThrownBy(() -> store.acquire(liar)).isInstanceOf(CatalogueException.class);
      assertThat(store.acquire(first).catalogue()).isSameAs(held.catalogue());
    }
  }

  @Test
  void theIndexIsSharedToo() throws Exception {
    try (CatalogueStore.Lease one = store.acquire(first);
        CatalogueStore.Lease other = store.acquire(first)) {
      assertThat(one.indexes()).isSameAs(other.indexes());
    }
  }
}
