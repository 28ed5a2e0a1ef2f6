package hindcast.connectors.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.Float32Embeddings;
import hindcast.catalogue.ItemCatalogue;
import hindcast.connectors.FileHash;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A catalogue as one file:
 *
 * <pre>
 * "HCAT" | format 1 | version | embedding space | count P | dimension L | P ids | P x L float32
 * </pre>
 *
 * Numbers of the header are big-endian int32, texts are Java modified UTF-8 with a length, vectors
 * are little-endian float32, item by item. The file is named by the SHA-256 of its bytes in the
 * manifest; a reader verifies it before it uses a byte. It is written to a temporary file, synced
 * and moved into place, so that a file under its final name is whole.
 */
public final class CatalogueFile {
  private static final int MAGIC = 0x48434154;
  private static final int FORMAT = 1;
  private static final int BUFFER = 1 << 16;

  private CatalogueFile() {}

  /**
   * Writes a catalogue.
   *
   * @param embeddings P x L values, item by item
   * @param effectiveTimeMicros event time from which it holds
   * @return the manifest that names the file
   * @throws IOException if it cannot be written; then there is no file under this name
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
    FileHash.writeAtomically(
        file,
        out -> {
          DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, BUFFER));
          data.writeInt(MAGIC);
          data.writeInt(FORMAT);
          data.writeUTF(version);
          data.writeUTF(embeddingSpace);
          data.writeInt(ids.length);
          data.writeInt(dimension);
          for (String id : ids) {
            data.writeUTF(id);
          }
          ByteBuffer row =
              ByteBuffer.allocate(Float.BYTES * dimension).order(ByteOrder.LITTLE_ENDIAN);
          for (int item = 0; item < ids.length; item++) {
            row.clear();
            row.asFloatBuffer().put(embeddings, item * dimension, dimension);
            data.write(row.array());
          }
          data.flush();
        });
    return new CatalogueManifest(
        version,
        effectiveTimeMicros,
        file.toAbsolutePath().toString(),
        FileHash.sha256(file),
        (long) ids.length,
        dimension,
        embeddingSpace);
  }

  /**
   * Reads the catalogue a manifest names.
   *
   * @throws IOException if the file is missing, is not the one the manifest names, or is broken
   */
  public static ItemCatalogue read(CatalogueManifest manifest) throws IOException {
    Path file = Path.of(manifest.getLocation());
    if (!Files.isReadable(file)) {
      throw new IOException("catalogue " + manifest.getVersion() + " cannot be read: " + file);
    }
    String sha256 = FileHash.sha256(file);
    if (!sha256.equals(manifest.getSha256())) {
      throw new IOException(
          "catalogue file must have the hash of its manifest ("
              + manifest.getSha256()
              + "): "
              + file
              + " has "
              + sha256
              + "; it was truncated or replaced, publish it again");
    }
    try (InputStream in = Files.newInputStream(file);
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, BUFFER))) {
      return parse(data, file, manifest);
    } catch (EOFException e) {
      throw new IOException("catalogue file ends too early: " + file, e);
    }
  }

  private static ItemCatalogue parse(DataInputStream data, Path file, CatalogueManifest manifest)
      throws IOException {
    if (data.readInt() != MAGIC) {
      throw new IOException("not a catalogue file: " + file);
    }
    int format = data.readInt();
    if (format != FORMAT) {
      throw new IOException("catalogue file must have format " + FORMAT + ": " + format);
    }
    String version = data.readUTF();
    String embeddingSpace = data.readUTF();
    int count = data.readInt();
    int dimension = data.readInt();
    if (count != manifest.getCount()
        || dimension != manifest.getDimension()
        || !version.equals(manifest.getVersion())
        || !embeddingSpace.equals(manifest.getEmbeddingSpace())) {
      throw new IOException(
          "catalogue file must be what its manifest says: "
              + version
              + ", "
              + embeddingSpace
              + ", "
              + count
              + " x "
              + dimension
              + " in "
              + file);
    }
    String[] ids = new String[count];
    for (int item = 0; item < count; item++) {
      ids[item] = data.readUTF();
    }
    float[] embeddings = new float[Math.multiplyExact(count, dimension)];
    ByteBuffer row = ByteBuffer.allocate(Float.BYTES * dimension).order(ByteOrder.LITTLE_ENDIAN);
    for (int item = 0; item < count; item++) {
      data.readFully(row.array());
      row.asFloatBuffer().get(embeddings, item * dimension, dimension);
    }
    return new ItemCatalogue(
        version, embeddingSpace, ids, new Float32Embeddings(embeddings, count, dimension));
  }
}
