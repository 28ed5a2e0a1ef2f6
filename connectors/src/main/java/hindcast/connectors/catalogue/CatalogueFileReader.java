package hindcast.connectors.catalogue;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.OneHotEmbeddings;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.connectors.FileHash;
import hindcast.connectors.catalogue.CatalogueException.Fault;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;

/**
 * Reads a catalogue file in one pass and hashes it on the way. Sizes in the header are compared
 * with the file's length before anything is allocated.
 */
final class CatalogueFileReader implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final long length;
  private final DigestInputStream hashed;
  private final DataInputStream data;

  private CatalogueFileReader(Path file, long length, DigestInputStream hashed) {
    this.file = file;
    this.length = length;
    this.hashed = hashed;
    this.data = new DataInputStream(new BufferedInputStream(hashed, BUFFER));
  }

  static CatalogueFileReader open(Path file) throws CatalogueException {
    try {
      long length = Files.size(file);
      return new CatalogueFileReader(
          file, length, new DigestInputStream(Files.newInputStream(file), FileHash.digest()));
    } catch (IOException e) {
      throw new CatalogueException(
          Fault.MISSING,
          "catalogue file must be readable here: " + file + "; share its directory or copy it",
          e);
    }
  }

  /** The catalogue; the whole file has been read then. */
  ItemCatalogue read() throws IOException {
    try {
      return parse();
    } catch (EOFException e) {
      throw new CatalogueException(
          Fault.TRUNCATED, "catalogue file ends too early: " + file + " has " + length + " bytes");
    } catch (UTFDataFormatException | IllegalArgumentException e) {
      throw new CatalogueException(
          Fault.CORRUPT, "catalogue file is damaged: " + file + ": " + e.getMessage(), e);
    }
  }

  /** SHA-256 of what has been read. */
  String sha256() {
    return HexFormat.of().formatHex(hashed.getMessageDigest().digest());
  }

  @Override
  public void close() throws IOException {
    data.close();
  }

  private ItemCatalogue parse() throws IOException {
    if (data.readInt() != CatalogueFile.MAGIC) {
      throw new CatalogueException(Fault.CORRUPT, "not a catalogue file: " + file);
    }
    int format = data.readInt();
    if (format != CatalogueFile.FORMAT) {
      throw new CatalogueException(
          Fault.UNSUPPORTED,
          "catalogue file must have format "
              + CatalogueFile.FORMAT
              + ": "
              + format
              + " in "
              + file);
    }
    String version = data.readUTF();
    String embeddingSpace = data.readUTF();
    int count = data.readInt();
    int dimension = data.readInt();
    boolean oneHot = isOneHot(data.readInt(), count, dimension);
    long vectorBytes = oneHot ? 0 : (long) Float.BYTES * count * dimension;
    if (2L * count + vectorBytes > length || vectorBytes / Float.BYTES > Integer.MAX_VALUE - 8) {
      throw new EOFException();
    }
    String[] ids = new String[count];
    for (int item = 0; item < count; item++) {
      ids[item] = data.readUTF();
    }
    ItemEmbeddings embeddings = oneHot ? new OneHotEmbeddings(count) : vectors(count, dimension);
    if (data.read() >= 0) {
      throw new IllegalArgumentException("bytes are left over");
    }
    return new ItemCatalogue(version, embeddingSpace, ids, embeddings);
  }

  private static boolean isOneHot(int kind, int count, int dimension) {
    boolean oneHot = kind == CatalogueFile.ONE_HOT;
    if (count < 1 || dimension < 1 || (oneHot && dimension != count)) {
      throw new IllegalArgumentException("sizes cannot be " + count + " x " + dimension);
    }
    if (!oneHot && kind != CatalogueFile.FLOAT32) {
      throw new IllegalArgumentException("kind of vectors cannot be " + kind);
    }
    return oneHot;
  }

  private PackedEmbeddings vectors(int count, int dimension) throws IOException {
    float[] values = new float[count * dimension];
    ByteBuffer row = ByteBuffer.allocate(Float.BYTES * dimension).order(ByteOrder.LITTLE_ENDIAN);
    for (int item = 0; item < count; item++) {
      data.readFully(row.array());
      row.asFloatBuffer().get(values, item * dimension, dimension);
    }
    return PackedEmbeddings.ofRows(values, count, dimension);
  }
}
