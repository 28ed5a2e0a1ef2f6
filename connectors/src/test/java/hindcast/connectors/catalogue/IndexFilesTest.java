package hindcast.connectors.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.IndexKind;
import hindcast.catalogue.IndexState;
import hindcast.catalogue.MaximumInnerProductIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexFilesTest {
  private static final int ITEMS = 1_000;
  private static final int DIMENSION = 8;
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000);

  @TempDir Path directory;
  private CatalogueManifest manifest;

  @BeforeEach
  void write() throws IOException {
    manifest = catalogue(1);
  }

  @Test
  void whatWasBuiltIsReadByTheNextProcess() throws Exception {
    List<int[]> built = found();
    for (IndexKind kind : IndexKind.values()) {
      assertThat(file(kind)).exists();
      Files.setLastModifiedTime(file(kind), LONG_AGO);
    }
    assertSame(found(), built);
    for (IndexKind kind : IndexKind.values()) {
      assertThat(Files.getLastModifiedTime(file(kind))).isEqualTo(LONG_AGO);
    }
    assertThat(temporary()).isEmpty();
  }

  @Test
  void aDamagedOrForeignFileIsBuiltAnew() throws Exception {
    List<int[]> built = found();
    byte[] bytes = Files.readAllBytes(file(IndexKind.PARTITION));
    bytes[bytes.length / 2] ^= 1;
    Files.write(file(IndexKind.PARTITION), bytes);
    Files.write(file(IndexKind.HNSW), new byte[3]);
    assertSame(found(), built);
    manifest = catalogue(2);
    List<int[]> ofOther = found();
    assertThat(ofOther.get(0)).isNotEqualTo(built.get(0));
    Files.setLastModifiedTime(file(IndexKind.PARTITION), LONG_AGO);
    assertSame(found(), ofOther);
    assertThat(Files.getLastModifiedTime(file(IndexKind.PARTITION))).isEqualTo(LONG_AGO);
  }

  @Test
  void whatAKilledBuilderLeftIsRemovedByTheNext() throws Exception {
    Path left = directory.resolve("v.catalogue.partition.123.tmp");
    Files.write(left, new byte[10]);
    found();
    assertThat(left).doesNotExist();
  }

  @Test
  void whatIsPreparedIsBuiltInTheBackground() throws Exception {
    CatalogueStore store = new CatalogueStore(Duration.ofHours(1));
    PreparedCatalogue prepared = store.prepare(manifest, items -> Set.of(IndexKind.PARTITION));
    await().until(() -> prepared.state() == IndexState.READY);
    await().until(() -> Files.exists(file(IndexKind.PARTITION)));
    assertThat(file(IndexKind.HNSW)).doesNotExist();
    try (CatalogueStore.Lease lease = store.acquire(manifest)) {
      assertThat(lease.indexes().state(IndexKind.PARTITION)).isEqualTo(IndexState.READY);
    }
    assertThat(store.loaded()).isEqualTo(1);
    prepared.close();
    prepared.close();
  }

  /** The best items of a query by each index, in a process of its own as it were. */
  private List<int[]> found() throws IOException {
    try (CatalogueStore.Lease lease = new CatalogueStore(Duration.ofHours(1)).acquire(manifest)) {
      return Stream.of(lease.indexes().partition(), lease.indexes().hnsw())
          .map(IndexFilesTest::best)
          .toList();
    }
  }

  private static int[] best(MaximumInnerProductIndex index) {
    double[] h = new double[DIMENSION];
    Arrays.setAll(h, l -> l - 3);
    int[] found = new int[20];
    assertThat(index.topK(h, 20, found)).isEqualTo(20);
    return found;
  }

  private static void assertSame(List<int[]> found, List<int[]> expected) {
    for (int k = 0; k < expected.size(); k++) {
      assertThat(found.get(k)).isEqualTo(expected.get(k));
    }
  }

  private Path file(IndexKind kind) {
    return directory.resolve("v.catalogue." + kind.text());
  }

  private List<Path> temporary() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".tmp")).toList();
    }
  }

  private CatalogueManifest catalogue(int seed) throws IOException {
    Random random = new Random(seed);
    float[] rows = new float[ITEMS * DIMENSION];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = (float) random.nextGaussian();
    }
    String[] ids = new String[ITEMS];
    Arrays.setAll(ids, item -> "item-" + item);
    return CatalogueFile.write(
        directory.resolve("v.catalogue"), "v", "space", ids, DIMENSION, rows, 0);
  }
}
