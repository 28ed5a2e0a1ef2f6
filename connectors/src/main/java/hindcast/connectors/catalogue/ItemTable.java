package hindcast.connectors.catalogue;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.PackedEmbeddings;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Items and their vectors as a user brings them.
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
    return file.toString().endsWith(".npy") ? NpyItems.read(file) : CsvItems.read(file);
  }

  /** The table as a catalogue. */
  public ItemCatalogue catalogue(String version, String embeddingSpace) {
    return new ItemCatalogue(
        version, embeddingSpace, ids, PackedEmbeddings.ofRows(vectors, ids.length, dimension));
  }
}
