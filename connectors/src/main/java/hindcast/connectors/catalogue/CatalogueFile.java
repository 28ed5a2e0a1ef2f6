package hindcast.connectors.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.OneHotEmbeddings;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.connectors.FileHash;
import hindcast.connectors.catalogue.CatalogueException.Fault;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A catalogue as one file:
 *
 * <pre>
 * "HCAT" | format 1 | version | embedding space | count P | dimension L | kind | P ids | vectors
 * </pre>
 *
 * <p>Numbers of the header are big-endian int32, texts are Java modified UTF-8 with a length. Of
 * kind {@value #FLOAT32} the vectors are P x L little-endian float32, item by item; of kind {@value
 * #ONE_HOT} there are none: item a is the unit vector e_a and L = P.
 *
 * <p>The SHA-256 of the whole file is in the manifest; a reader verifies it before it hands out the
 * catalogue. The file is written under another name, synced and moved into place, so that a file
 * under its final name is whole. Errors: {@link CatalogueException} with the fault by name.
 */
public final class CatalogueFile {
  static final int MAGIC = 0x48434154;
  static final int FORMAT = 1;
  static final int FLOAT32 = 0;
  static final int ONE_HOT = 1;

  private static final int BUFFER = 1 << 16;

  private CatalogueFile() {}

  /**
   * Writes a catalogue.
   *
   * @param embeddings P x L values, item by item
   * @param effectiveTimeMicros event time from which it holds
   * @return the manifest that names the file
   * @throws IOException if it cannot be written; then there is no file under this name
   * @throws IllegalArgumentException for an item without id, two items of one id, or a number that
   *     is not finite
   */
  public static CatalogueManifest write(
      Path file,
      String version,
      String embeddingSpace,
      String[] ids,
      int dimension,
      float[] embeddings,
      long effectiveTimeMicros)
      throws IOException {
    if (dimension < 1 || (long) ids.length * dimension != embeddings.length) {
      throw new IllegalArgumentException(
          "a catalogue of "
              + ids.length
              + " items needs "
              + dimension
              + " numbers for each: "
              + embeddings.length);
    }
    ItemEmbeddings vectors = PackedEmbeddings.ofRows(embeddings, ids.length, dimension);
    return write(
        file, new ItemCatalogue(version, embeddingSpace, ids, vectors), effectiveTimeMicros);
  }

  /**
   * Writes a catalogue; its numbers are rounded to float32.
   *
   * @param effectiveTimeMicros event time from which it holds
   * @return the manifest that names the file
   * @throws IOException if it cannot be written; then there is no file under this name
   */
  public static CatalogueManifest write(
      Path file, ItemCatalogue catalogue, long effectiveTimeMicros) throws IOException {
    FileHash.writeAtomically(
        file,
        out -> {
          DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, BUFFER));
          writeHeader(data, catalogue);
          if (!isOneHot(catalogue)) {
            writeVectors(data, catalogue);
          }
          data.flush();
        });
    return new CatalogueManifest(
        catalogue.version(),
        effectiveTimeMicros,
        file.toAbsolutePath().toString(),
        FileHash.sha256(file),
        (long) catalogue.size(),
        catalogue.dimension(),
        catalogue.embeddingSpace());
  }

  /**
   * Reads the catalogue a manifest names.
   *
   * @throws IOException if the file is missing, is not the one the manifest names, or is broken
   */
  public static ItemCatalogue read(CatalogueManifest manifest) throws IOException {
    Path file = Path.of(manifest.getLocation());
    try (CatalogueFileReader reader = CatalogueFileReader.open(file)) {
      ItemCatalogue catalogue = reader.read();
      String sha256 = reader.sha256();
      if (!sha256.equals(manifest.getSha256())) {
        throw notTheNamed(file, manifest, sha256);
      }
      requireMatch(manifest, catalogue);
      return catalogue;
    }
  }

  /** The manifest of an existing file. */
  public static CatalogueManifest describe(Path file, long effectiveTimeMicros) throws IOException {
    try (CatalogueFileReader reader = CatalogueFileReader.open(file)) {
      ItemCatalogue catalogue = reader.read();
      return new CatalogueManifest(
          catalogue.version(),
          effectiveTimeMicros,
          file.toAbsolutePath().toString(),
          reader.sha256(),
          (long) catalogue.size(),
          catalogue.dimension(),
          catalogue.embeddingSpace());
    }
  }

  /** Refuses a catalogue that is not what the manifest says of it. */
  static void requireMatch(CatalogueManifest manifest, ItemCatalogue catalogue)
      throws CatalogueException {
    if (catalogue.size() != manifest.getCount()
        || catalogue.dimension() != manifest.getDimension()
        || !catalogue.version().equals(manifest.getVersion())
        || !catalogue.embeddingSpace().equals(manifest.getEmbeddingSpace())) {
      throw new CatalogueException(
          Fault.MISMATCHED,
          "catalogue must be what its manifest says ("
              + manifest.getVersion()
              + ", "
              + manifest.getEmbeddingSpace()
              + ", "
              + manifest.getCount()
              + " x "
              + manifest.getDimension()
              + "): "
              + catalogue.version()
              + ", "
              + catalogue.embeddingSpace()
              + ", "
              + catalogue.size()
              + " x "
              + catalogue.dimension()
              + " in "
              + manifest.getLocation());
    }
  }

  private static CatalogueException notTheNamed(
      Path file, CatalogueManifest manifest, String sha256) {
    return new CatalogueException(
        Fault.CORRUPT,
        "catalogue file must have the hash of its manifest ("
            + manifest.getSha256()
            + "): "
            + file
            + " has "
            + sha256
            + "; it was damaged or replaced, publish it again");
  }

  private static boolean isOneHot(ItemCatalogue catalogue) {
    return catalogue.embeddings() instanceof OneHotEmbeddings;
  }

  private static void writeHeader(DataOutputStream data, ItemCatalogue catalogue)
      throws IOException {
    data.writeInt(MAGIC);
    data.writeInt(FORMAT);
    data.writeUTF(catalogue.version());
    data.writeUTF(catalogue.embeddingSpace());
    data.writeInt(catalogue.size());
    data.writeInt(catalogue.dimension());
    data.writeInt(isOneHot(catalogue) ? ONE_HOT : FLOAT32);
    for (int item = 0; item < catalogue.size(); item++) {
      data.writeUTF(catalogue.idOf(item));
    }
  }

  private static void writeVectors(DataOutputStream data, ItemCatalogue catalogue)
      throws IOException {
    int dimension = catalogue.dimension();
    double[] vector = new double[dimension];
    ByteBuffer row = ByteBuffer.allocate(Float.BYTES * dimension).order(ByteOrder.LITTLE_ENDIAN);
    for (int item = 0; item < catalogue.size(); item++) {
      Arrays.fill(vector, 0);
      catalogue.embeddings().addScaled(item, 1, vector);
      row.clear();
      for (double value : vector) {
        row.putFloat((float) value);
      }
      data.write(row.array());
    }
  }
}
