package hindcast.connectors.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.OneHotEmbeddings;
import hindcast.connectors.FileHash;
import hindcast.connectors.catalogue.CatalogueException.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueFileTest {
  private static final String[] IDS = {"a", "ü-2", "c"};
  private static final float[] VECTORS = {1, -2.5f, 0, 3.25f, Float.MIN_VALUE, 7};

  @TempDir Path directory;
  private CatalogueManifest manifest;
  private Path file;

  @BeforeEach
  void write() throws Exception {
    file = directory.resolve("items.catalogue");
    manifest = CatalogueFile.write(file, "v1", "space", IDS, 2, VECTORS, 77);
  }

  @Test
  void comesBackEqual() throws Exception {
    ItemCatalogue catalogue = CatalogueFile.read(manifest);
    assertThat(catalogue.version()).isEqualTo("v1");
    assertThat(catalogue.embeddingSpace()).isEqualTo("space");
    assertThat(catalogue.dimension()).isEqualTo(2);
    for (int item = 0; item < IDS.length; item++) {
      assertThat(catalogue.idOf(item)).isEqualTo(IDS[item]);
      assertThat(catalogue.embeddings().vector(item))
          .containsExactly(VECTORS[2 * item], VECTORS[2 * item + 1]);
    }
  }

  @Test
  void theManifestNamesTheFile() throws Exception {
    assertThat(manifest.getSha256()).isEqualTo(FileHash.sha256(file));
    assertThat(manifest.getEffectiveTimeMicros()).isEqualTo(77);
    assertThat(manifest.getCount()).isEqualTo(3);
    assertThat(CatalogueFile.describe(file, 77)).isEqualTo(manifest);
  }

  @Test
  void theSameItemsGiveTheSameBytes() throws Exception {
    Path other = directory.resolve("other");
    CatalogueManifest again = CatalogueFile.write(other, CatalogueFile.read(manifest), 77);
    assertThat(again.getSha256()).isEqualTo(manifest.getSha256());
  }

  @Test
  void unitVectorsAreNotStored() throws Exception {
    String[] ids = new String[1000];
    Arrays.setAll(ids, Integer::toString);
    Path oneHot = directory.resolve("one-hot");
    CatalogueManifest named = CatalogueFile.write(oneHot, ItemCatalogue.oneHot("v1", ids), 0);
    assertThat(Files.size(oneHot)).isLessThan(10_000);
    assertThat(CatalogueFile.read(named).embeddings()).isInstanceOf(OneHotEmbeddings.class);
    assertThat(named.getDimension()).isEqualTo(1000);
  }

  @Test
  void everyTruncationIsNamed() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(fault()).isEqualTo(Fault.TRUNCATED);
    }
  }

  @Test
  void everyFlippedBitIsFound() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(20260104);
    for (int round = 0; round < 500; round++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      assertThat(fault()).isIn(Fault.CORRUPT, Fault.TRUNCATED, Fault.UNSUPPORTED);
    }
  }

  @Test
  void bytesLeftOverAreFound() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertThat(fault()).isEqualTo(Fault.CORRUPT);
  }

  @Test
  void anotherFileIsFoundAndAMissingOne() throws Exception {
    CatalogueFile.write(file, "v2", "space", IDS, 2, VECTORS, 77);
    assertThat(fault()).isEqualTo(Fault.CORRUPT);
    Files.delete(file);
    assertThat(fault()).isEqualTo(Fault.MISSING);
  }

  @Test
  void aManifestThatSaysSomethingElseIsFound() {
    manifest.setCount(4);
    assertThat(fault()).isEqualTo(Fault.MISMATCHED);
  }

  @Test
  void sizesNobodyHasAreNotAllocated() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    int count = 8 + 2 + 2 + 2 + 5;
    for (int value : new int[] {Integer.MAX_VALUE, -1, 0}) {
      byte[] damaged = whole.clone();
      java.nio.ByteBuffer.wrap(damaged).putInt(count, value);
      Files.write(file, damaged);
      assertThat(fault()).isIn(Fault.CORRUPT, Fault.TRUNCATED);
    }
  }

  @Test
  void whatIsNoCatalogueIsNotWritten() throws Exception {
    Path other = directory.resolve("other");
    String[] twice = {"a", "a", "c"};
    assertThatThrownBy(() -> CatalogueFile.write(other, "v", "s", twice, 2, VECTORS, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CatalogueFile.write(other, "v", "s", IDS, 3, VECTORS, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(other).doesNotExist();
  }

  private Fault fault() {
    return catchThrowableOfType(CatalogueException.class, () -> CatalogueFile.read(manifest))
        .fault();
  }

  static CatalogueManifest write(Path file, String version) throws IOException {
    return CatalogueFile.write(file, version, "space", IDS, 2, VECTORS, 0);
  }
}
