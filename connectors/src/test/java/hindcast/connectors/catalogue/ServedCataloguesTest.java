package hindcast.connectors.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.LiveCatalogue;
import hindcast.catalogue.LiveIndexSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedCataloguesTest {
  private static final int DIMENSION = 8;

  @TempDir Path directory;
  private final CatalogueStore store = new CatalogueStore(Duration.ZERO);
  private final ServedCatalogues served =
      new ServedCatalogues(store, new LiveIndexSettings(.1, .2, 50, 0, 20, .8, 50));

  @Test
  void aVersionOfTheSameSpaceIsFollowedAndTheOldOneLeft() throws Exception {
    LiveCatalogue live = served.serve(catalogue("one", "space", 0, 2_000));
    assertThat(live.topK(towards(1_999), 1)).containsExactly("item-1999");
    assertThat(served.serve(catalogue("two", "space", 10, 2_010))).isSameAs(live);
    assertThat(live.topK(towards(2_009), 1)).containsExactly("item-2009");
    assertThat(live.topK(towards(3), 20)).doesNotContain("item-3");
    assertThat(live.index().rebuilds()).isZero();
    assertThat(store.loaded()).isEqualTo(1);
    assertThat(Files.exists(directory.resolve("two.catalogue.hnsw"))).isFalse();
    served.serve(catalogue("three", "space", 900, 2_900));
    await().until(() -> live.index().rebuilds() == 1);
    assertThat(live.topK(towards(2_899), 1)).containsExactly("item-2899");
    served.close();
    await().until(() -> store.loaded() == 0);
  }

  @Test
  void aBrokenVersionIsNotServedAndTheOldOneIs() throws Exception {
    LiveCatalogue live = served.serve(catalogue("one", "space", 0, 300));
    CatalogueManifest broken = catalogue("two", "space", 10, 310);
    Files.write(Path.of(broken.getLocation()), new byte[20]);
    assertThatThrownBy(() -> served.serve(broken)).isInstanceOf(CatalogueException.class);
    assertThat(live.catalogue().version()).isEqualTo("one");
    assertThat(live.topK(towards(3), 1)).containsExactly("item-3");
  }

  @Test
  void spacesAreServedSideBySide() throws Exception {
    LiveCatalogue one = served.serve(catalogue("one", "space", 0, 300));
    LiveCatalogue other = served.serve(catalogue("other", "elsewhere", 100, 400));
    assertThat(one.catalogue().version()).isEqualTo("one");
    assertThat(other.topK(towards(399), 1)).containsExactly("item-399");
  }

  /** Of all unit vectors, an item is nearest to itself. */
  private static double[] towards(int item) {
    float[] vector = vector(item);
    double[] h = new double[DIMENSION];
    for (int l = 0; l < DIMENSION; l++) {
      h[l] = vector[l];
    }
    return h;
  }

  private static float[] vector(int item) {
    Random random = new Random(1_000 + item);
    float[] vector = new float[DIMENSION];
    double squares = 0;
    for (int l = 0; l < DIMENSION; l++) {
      vector[l] = (float) random.nextGaussian();
      squares += vector[l] * vector[l];
    }
    for (int l = 0; l < DIMENSION; l++) {
      vector[l] /= (float) Math.sqrt(squares);
    }
    return vector;
  }

  private CatalogueManifest catalogue(String version, String space, int from, int to)
      throws IOException {
    float[] rows = new float[(to - from) * DIMENSION];
    String[] ids = new String[to - from];
    for (int item = from; item < to; item++) {
      System.arraycopy(vector(item), 0, rows, (item - from) * DIMENSION, DIMENSION);
      ids[item - from] = "item-" + item;
    }
    return CatalogueFile.write(
        directory.resolve(version + ".catalogue"), version, space, ids, DIMENSION, rows, 0);
  }
}
