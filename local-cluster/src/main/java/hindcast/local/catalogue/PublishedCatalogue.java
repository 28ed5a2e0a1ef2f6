package hindcast.local.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.connectors.catalogue.CatalogueFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes a catalogue that holds from the beginning of time. */
public final class PublishedCatalogue {

  private PublishedCatalogue() {}

  /** Writes the file, named by the catalogue's version, into the folder. */
  public static CatalogueManifest write(Path folder, ItemCatalogue catalogue) throws IOException {
    return CatalogueFile.write(
        folder.resolve(catalogue.version() + ".catalogue"),
        catalogue.version(),
        catalogue.embeddingSpace(),
        ids(catalogue),
        catalogue.dimension(),
        vectors(catalogue),
        0);
  }

  private static String[] ids(ItemCatalogue catalogue) {
    String[] ids = new String[catalogue.size()];
    for (int item = 0; item < ids.length; item++) {
      ids[item] = catalogue.idOf(item);
    }
    return ids;
  }

  private static float[] vectors(ItemCatalogue catalogue) {
    ItemEmbeddings embeddings = catalogue.embeddings();
    int dimension = catalogue.dimension();
    float[] vectors = new float[Math.multiplyExact(catalogue.size(), dimension)];
    double[] row = new double[dimension];
    for (int item = 0; item < catalogue.size(); item++) {
      Arrays.fill(row, 0);
      embeddings.addScaled(item, 1, row);
      for (int k = 0; k < dimension; k++) {
        vectors[item * dimension + k] = (float) row[k];
      }
    }
    return vectors;
  }
}
