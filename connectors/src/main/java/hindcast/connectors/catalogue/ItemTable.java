package hindcast.connectors.catalogue;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.PackedEmbeddings;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Items and their vectors, row by row, for data sets that fit into memory twice.
 *
 * @param ids P item ids, all different
 * @param dimension L
 * @param vectors {@code vectors[a * L + l]}
 */
public record ItemTable(String[] ids, int dimension, float[] vectors) {
  public ItemTable {
    if (ids.length < 1 || dimension < 1 || (long) ids.length * dimension != vectors.length) {
      throw new IllegalArgumentException(
          "items need a vector each: "
              + ids.length
              + " items, "
              + dimension
              + " dimensions, "
              + vectors.length
              + " numbers");
    }
  }

  /**
   * Reads {@code .npy} or, whatever else it is called, csv.
   *
   * @throws IOException if the file cannot be read or is neither; the message names the line
   */
  public static ItemTable read(Path file) throws IOException {
    boolean npy = file.toString().endsWith(".npy");
    try (ItemFile items = npy ? ItemFiles.npy(file, null) : ItemFiles.csv(file)) {
      return of(items.read(done -> {}));
    }
  }

  private static ItemTable of(PackedItems items) {
    PackedEmbeddings embeddings = items.embeddings();
    int dimension = embeddings.dimension();
    String[] ids = new String[embeddings.size()];
    float[] vectors = new float[Math.multiplyExact(ids.length, dimension)];
    for (int item = 0; item < ids.length; item++) {
      ids[item] = items.ids().idOf(item);
      double[] vector = embeddings.vector(item);
      for (int l = 0; l < dimension; l++) {
        vectors[item * dimension + l] = (float) vector[l];
      }
    }
    return new ItemTable(ids, dimension, vectors);
  }

  /** The table as a catalogue. */
  public ItemCatalogue catalogue(String version, String embeddingSpace) {
    return new ItemCatalogue(
        version, embeddingSpace, ids, PackedEmbeddings.ofRows(vectors, ids.length, dimension));
  }
}
