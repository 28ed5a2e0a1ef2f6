package hindcast.connectors.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.Float64Embeddings;
import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.OneHotEmbeddings;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.catalogue.PartitionIndex;
import hindcast.catalogue.PartitionedEmbeddings;
import hindcast.connectors.FileHash;
import hindcast.connectors.catalogue.CatalogueException.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      assertThat(fault()).isIn(Fault.CORRUPT, Fault.TRUNCATED, Fault.UNSUPPORTED);
      assertThat(faultOf(() -> CatalogueFile.describe(file, 0)))
          .isIn(Fault.CORRUPT, Fault.TRUNCATED, Fault.UNSUPPORTED);
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
    int big = Integer.MAX_VALUE;
    for (CatalogueHeader header :
        new CatalogueHeader[] {
          new CatalogueHeader("v", "s", big, big, VectorLayout.PACKED, big, 16, 0),
          new CatalogueHeader("v", "s", big, 1, VectorLayout.PACKED, big - 8, 4L * big, 0),
          new CatalogueHeader("v", "s", 1 << 26, 16, VectorLayout.PACKED, 1 << 29, 1L << 32, 0),
          new CatalogueHeader("v", "s", -1, 1, VectorLayout.PACKED, 1, 64, 0),
          new CatalogueHeader("v", "s", 0, 1, VectorLayout.PACKED, 0, 0, 0),
          new CatalogueHeader("v", "s", big, big, VectorLayout.ONE_HOT, big - 8, 0, 0),
          new CatalogueHeader("v", "s", 3, 2, VectorLayout.ONE_HOT, 3, 0, 0),
          new CatalogueHeader("v", "s", 3, 2, VectorLayout.PACKED, 3, 128, -7),
          new CatalogueHeader("v", "s", 3, 2, VectorLayout.PACKED, 2, 128, 0)
        }) {
      Files.write(file, Arrays.copyOf(header.encode(), 4000));
      assertThat(fault()).isIn(Fault.CORRUPT, Fault.TRUNCATED);
    }
  }

  @Test
  void aFileOfTheFirstFormatIsRefusedWithTheWayOut() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    java.nio.ByteBuffer.wrap(whole).putInt(4, 1);
    Files.write(file, whole);
    assertThat(fault()).isEqualTo(Fault.UNSUPPORTED);
    assertThatThrownBy(() -> CatalogueFile.read(manifest))
        .hasMessageContaining("build it again with hindcast catalogue build");
  }

  @Test
  void wellWrittenNonsenseIsFoundWithoutItsManifest() throws Exception {
    PackedEmbeddings good = PackedEmbeddings.ofRows(VECTORS, 3, 2);
    CatalogueFile.write(file, new ItemCatalogue("v1", "space", IDS, good), 0);
    good.packed()[0] = Float.NaN;
    CatalogueFile.write(file, new ItemCatalogue("v1", "space", IDS, good), 0);
    assertThat(faultOf(() -> CatalogueFile.describe(file, 0))).isEqualTo(Fault.CORRUPT);
    good.packed()[0] = 1;
    good.packed()[15] = 1;
    CatalogueFile.write(file, new ItemCatalogue("v1", "space", IDS, good), 0);
    assertThat(faultOf(() -> CatalogueFile.describe(file, 0))).isEqualTo(Fault.CORRUPT);
  }

  @Test
  void damageBehindTheFirstPieceIsFoundInItsPlace() throws Exception {
    String[] ids = new String[100_000];
    Arrays.setAll(ids, item -> "item-" + item);
    float[] rows = new float[100_000 * 24];
    Random random = new Random(3);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextFloat();
    }
    CatalogueManifest big = CatalogueFile.write(file, "v1", "space", ids, 24, rows, 0);
    ItemCatalogue read = CatalogueFile.read(big);
    assertThat(read.indexOf("item-99999")).isEqualTo(99_999);
    assertThat((float) read.embeddings().vector(77_777)[11]).isEqualTo(rows[77_777 * 24 + 11]);
    byte[] whole = Files.readAllBytes(file);
    whole[9_000_000] ^= 4;
    Files.write(file, whole);
    assertThatThrownBy(() -> CatalogueFile.describe(file, 0)).hasMessageContaining("piece 3 of 3");
    Files.write(file, Arrays.copyOf(whole, 9_000_000));
    assertThat(faultOf(() -> CatalogueFile.describe(file, 0))).isEqualTo(Fault.TRUNCATED);
  }

  @Test
  void doublesAreRoundedAndLieInTheSameBlocks() throws Exception {
    int items = 37;
    double[] rows = new double[items * 3];
    float[] rounded = new float[rows.length];
    String[] ids = new String[items];
    Random random = new Random(5);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextGaussian();
      rounded[i] = (float) rows[i];
    }
    Arrays.setAll(ids, Integer::toString);
    ItemCatalogue doubles =
        new ItemCatalogue("v1", "space", ids, new Float64Embeddings(rows, items, 3));
    CatalogueManifest first = CatalogueFile.write(file, doubles, 0);
    CatalogueManifest second =
        CatalogueFile.write(directory.resolve("f"), "v1", "space", ids, 3, rounded, 0);
    assertThat(first.getSha256()).isEqualTo(second.getSha256());
  }

  @Test
  void whatAKilledWriterLeftIsRemovedByTheNextAndALivingOneIsLeftAlone() throws Exception {
    Path left = Files.write(directory.resolve("items.catalogue.123.tmp"), new byte[10]);
    Path ofAnother = Files.write(directory.resolve("policy.checkpoint.123.tmp"), new byte[10]);
    FileHash.writeAtomically(
        directory.resolve("items.catalogue"),
        out -> {
          CatalogueFile.write(file, "v2", "space", IDS, 2, VECTORS, 77);
          out.write(1);
        });
    assertThat(left).doesNotExist();
    assertThat(ofAnother).exists();
    assertThat(Files.readAllBytes(file)).containsExactly(1);
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
    return faultOf(() -> CatalogueFile.read(manifest));
  }

  private static Fault faultOf(ThrowingCallable call) {
    return catchThrowableOfType(CatalogueException.class, call).fault();
  }

  static CatalogueManifest write(Path file, String version) throws IOException {
    return CatalogueFile.write(file, version, "space", IDS, 2, VECTORS, 0);
  }

  @Test
  void aPartitionComesBackWithItsItemsAndHoldsTheOnlyCopy() throws Exception {
    Random random = new Random(8);
    int items = 700;
    float[] rows = new float[items * 5];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i / 5 % 9 == 0 ? 0 : (float) random.nextGaussian();
    }
    String[] ids = new String[items];
    Arrays.setAll(ids, item -> "item-" + item);
    PackedEmbeddings embeddings = PackedEmbeddings.ofRows(rows, items, 5);
    PartitionIndex partition = PartitionIndex.builder(embeddings).build();
    ItemCatalogue catalogue = new ItemCatalogue("v1", "space", ids, embeddings);
    CatalogueManifest named = CatalogueFile.write(file, catalogue, partition, 0);
    LoadedCatalogue read = CatalogueFile.load(named);
    PartitionedEmbeddings vectors = (PartitionedEmbeddings) read.catalogue().embeddings();
    assertThat(vectors.items()).isSameAs(read.partition().items());
    for (int item = 0; item < items; item++) {
      assertThat(vectors.vector(item)).containsExactly(embeddings.vector(item));
      assertThat(read.catalogue().indexOf(ids[item])).isEqualTo(item);
    }
    assertThat(CatalogueFile.info(file).layout()).isEqualTo("partitioned");
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += 97) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertThat(faultOf(() -> CatalogueFile.load(file))).isNotNull();
    }
  }

  @Test
  void aPartitionOfOtherItemsIsNotWritten() {
    PartitionIndex other =
        PartitionIndex.builder(PackedEmbeddings.ofRows(new float[8], 4, 2)).build();
    ItemCatalogue catalogue =
        new ItemCatalogue("v1", "space", IDS, PackedEmbeddings.ofRows(VECTORS, 3, 2));
    assertThatThrownBy(() -> CatalogueFile.write(file, catalogue, other, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
