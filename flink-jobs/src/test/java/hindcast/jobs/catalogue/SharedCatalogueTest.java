package hindcast.jobs.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.IndexKind;
import hindcast.catalogue.IndexState;
import hindcast.connectors.catalogue.CatalogueException;
import hindcast.connectors.catalogue.CatalogueFile;
import hindcast.connectors.catalogue.CatalogueStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedCatalogueTest {
  @TempDir Path directory;
  private final CatalogueStore store = new CatalogueStore(Duration.ofHours(1));
  private final SharedCatalogue shared =
      new SharedCatalogue(new UnregisteredMetricsGroup(), items -> Set.of(), store);
  private CatalogueManifest first;
  private CatalogueManifest second;

  @BeforeEach
  void write() throws Exception {
    first = write("v1", 0);
    second = write("v2", 10);
  }

  @Test
  void aBrokenNewVersionIsRefusedOnceAndTheOldOneStays() throws Exception {
    Path file = Path.of(second.getLocation());
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, new byte[20]);
    assertThat(shared.firstUsable(List.of(second, first))).isEqualTo(first);
    assertThat(shared.firstUsable(List.of(second, first))).isEqualTo(first);
    assertThat(shared.refusals()).isEqualTo(1);
    Files.write(file, whole);
    assertThat(shared.firstUsable(List.of(second, first))).isEqualTo(first);
    shared.announced(second);
    assertThat(shared.firstUsable(List.of(second, first))).isEqualTo(second);
  }

  @Test
  void withoutAnyUsableVersionTheErrorIsThatOfTheLatest() throws Exception {
    Files.delete(Path.of(first.getLocation()));
    Files.write(Path.of(second.getLocation()), new byte[20]);
    assertThatThrownBy(() -> shared.firstUsable(List.of(second, first)))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining("v2.catalogue");
    assertThatThrownBy(() -> shared.firstUsable(List.of(second, first)))
        .hasMessageContaining("each was refused");
  }

  @Test
  void aSupersededVersionIsLeftOnceNothingNeedsIt() throws Exception {
    shared.get(first);
    shared.get(second);
    assertThat(store.loaded()).isEqualTo(2);
    shared.keepOnly(List.of(second));
    assertThat(shared.held()).isEqualTo(1);
    assertThat(store.loaded()).isEqualTo(1);
    assertThat(shared.get(second).version()).isEqualTo("v2");
  }

  @Test
  void anotherSubtaskKeepsWhatItHolds() throws Exception {
    SharedCatalogue other =
        new SharedCatalogue(new UnregisteredMetricsGroup(), items -> Set.of(), store);
    assertThat(other.get(first)).isSameAs(shared.get(first));
    shared.get(second);
    shared.keepOnly(List.of(second));
    assertThat(store.loaded()).isEqualTo(2);
    other.close();
    assertThat(store.loaded()).isEqualTo(1);
  }

  @Test
  void whatComesNextIsPreparedOnceForAllAndThenTakenOver() throws Exception {
    SharedCatalogue one =
        new SharedCatalogue(
            new UnregisteredMetricsGroup(), items -> Set.of(IndexKind.PARTITION), store);
    one.get(first);
    one.prepare(List.of(first, second));
    await().until(() -> one.state() == IndexState.READY);
    assertThat(store.loaded()).isEqualTo(2);
    CatalogueIndexes indexes = one.indexes(second);
    assertThat(indexes.state(IndexKind.PARTITION)).isEqualTo(IndexState.READY);
    assertThat(shared.indexes(second)).isSameAs(indexes);
    one.prepare(List.of(second));
    one.keepOnly(List.of(second));
    shared.close();
    assertThat(store.loaded()).isEqualTo(1);
    one.close();
  }

  @Test
  void whatIsNotNextAnyMoreIsLeft() throws Exception {
    shared.get(first);
    shared.prepare(List.of(second));
    await().until(() -> store.loaded() == 2 && shared.state() == IndexState.READY);
    shared.prepare(List.of());
    assertThat(store.loaded()).isEqualTo(1);
  }

  @Test
  void aBrokenFileIsNoMoreThanSeenWhenPreparedAndRefusedWhenNeeded() throws Exception {
    Files.write(Path.of(second.getLocation()), new byte[20]);
    shared.prepare(List.of(second));
    await().until(() -> shared.state() == IndexState.FAILED);
    assertThat(shared.refusals()).isZero();
    assertThat(shared.firstUsable(List.of(second, first))).isEqualTo(first);
    assertThat(shared.refusals()).isEqualTo(1);
    shared.prepare(List.of(second));
    assertThat(shared.state()).isEqualTo(IndexState.NONE);
  }

  private CatalogueManifest write(String version, long effective) throws Exception {
    return CatalogueFile.write(
        directory.resolve(version + ".catalogue"),
        version,
        "space",
        new String[] {"a", "b"},
        1,
        new float[] {1, effective},
        effective);
  }
}
