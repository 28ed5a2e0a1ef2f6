package hindcast.jobs.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hindcast.avro.CatalogueManifest;
import hindcast.connectors.catalogue.CatalogueException;
import hindcast.connectors.catalogue.CatalogueFile;
import hindcast.connectors.catalogue.CatalogueStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedCatalogueTest {
  @TempDir Path directory;
  private final CatalogueStore store = new CatalogueStore(Duration.ofHours(1));
  private final SharedCatalogue shared = new SharedCatalogue(new UnregisteredMetricsGroup(), store);
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
    SharedCatalogue other = new SharedCatalogue(new UnregisteredMetricsGroup(), store);
    assertThat(other.get(first)).isSameAs(shared.get(first));
    shared.get(second);
    shared.keepOnly(List.of(second));
    assertThat(store.loaded()).isEqualTo(2);
    other.close();
    assertThat(store.loaded()).isEqualTo(1);
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
