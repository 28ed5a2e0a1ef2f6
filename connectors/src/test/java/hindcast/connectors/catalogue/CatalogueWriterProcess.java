package hindcast.connectors.catalogue;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.PackedEmbeddings;
import java.nio.file.Path;
import java.util.Arrays;

/** A process that writes one version after another until it is killed. */
final class CatalogueWriterProcess {
  private static final int ITEMS = 20_000;
  private static final int DIMENSION = 16;

  private CatalogueWriterProcess() {}

  /** Writes {@code v0.catalogue} to {@code v3.catalogue} into a directory, over and over. */
  public static void main(String[] arguments) throws Exception {
    for (int round = 0; ; round++) {
      Path file = Path.of(arguments[0], "v" + round % 4 + ".catalogue");
      ManifestFile.write(CatalogueFile.write(file, catalogue(round), round));
      System.out.println("written " + round);
    }
  }

  static ItemCatalogue catalogue(int round) {
    String[] ids = new String[ITEMS];
    Arrays.setAll(ids, item -> round + "-" + item);
    float[] rows = new float[ITEMS * DIMENSION];
    Arrays.fill(rows, round);
    return new ItemCatalogue(
        "v" + round, "space", ids, PackedEmbeddings.ofRows(rows, ITEMS, DIMENSION));
  }
}
