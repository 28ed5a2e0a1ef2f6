package hindcast.connectors.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.catalogue.PartitionIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * Versions of a catalogue one after another, each a function of its number; every fifth is broken.
 */
final class SwappedCatalogues {
  static final int ITEMS = 3000;
  static final int DIMENSION = 16;
  private static final int KEPT = 4;
  private static final int KINDS = 8;

  private final Path directory;
  private final float[][] rows = new float[KINDS][];
  private final PackedEmbeddings[] embeddings = new PackedEmbeddings[KINDS];
  private final PartitionIndex[] partitions = new PartitionIndex[KINDS];
  private int version;

  SwappedCatalogues(Path directory) {
    this.directory = directory;
    for (int kind = 0; kind < KINDS; kind++) {
      Random random = new Random(kind);
      rows[kind] = new float[ITEMS * DIMENSION];
      for (int i = 0; i < rows[kind].length; i++) {
        rows[kind][i] = (float) random.nextGaussian();
      }
      embeddings[kind] = PackedEmbeddings.ofRows(rows[kind], ITEMS, DIMENSION);
      partitions[kind] =
          kind % 2 == 0 ? null : PartitionIndex.builder(embeddings[kind]).threads(1).build();
    }
  }

  /** Writes the next version; of the older ones a few files stay. */
  CatalogueManifest next() throws IOException {
    int number = ++version;
    String[] ids = new String[ITEMS];
    Arrays.setAll(ids, item -> number + "-" + item);
    int kind = number % KINDS;
    CatalogueManifest manifest =
        CatalogueFile.write(
            file(number),
            new ItemCatalogue(Integer.toString(number), "space", ids, embeddings[kind]),
            partitions[kind],
            number);
    if (isBroken(manifest)) {
      byte[] bytes = Files.readAllBytes(file(number));
      bytes[new Random(number).nextInt(bytes.length)] ^= 1;
      Files.write(file(number), number % 2 == 0 ? bytes : Arrays.copyOf(bytes, bytes.length / 2));
    }
    Files.deleteIfExists(file(number - KEPT));
    return manifest;
  }

  static boolean isBroken(CatalogueManifest manifest) {
    return manifest.getEffectiveTimeMicros() % 5 == 4;
  }

  /** The number of the version a catalogue is. */
  static int number(ItemCatalogue catalogue) {
    return Integer.parseInt(catalogue.version());
  }

  /** The score of an item in a version, by plain arithmetic. */
  double score(int number, int item, double[] h) {
    float[] of = rows[number % KINDS];
    double sum = 0;
    for (int l = 0; l < DIMENSION; l++) {
      sum += h[l] * of[item * DIMENSION + l];
    }
    return sum;
  }

  /** The best item of a version, by plain arithmetic. */
  int best(int number, double[] h) {
    int best = 0;
    for (int item = 1; item < ITEMS; item++) {
      best = score(number, item, h) > score(number, best, h) ? item : best;
    }
    return best;
  }

  private Path file(int number) {
    return directory.resolve(number + ".catalogue");
  }
}
