package hindcast.connectors.catalogue;

import hindcast.connectors.catalogue.CatalogueException.Fault;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * What a catalogue file says about itself before its content; {@link CatalogueFile} has the layout.
 * Parsing refuses a header that no catalogue can have, and one whose sizes do not add up to the
 * length of the file, before anything is allocated.
 *
 * @param version version of the catalogue
 * @param embeddingSpace name of the space the vectors live in
 * @param count P
 * @param dimension L
 * @param layout how the vectors lie
 * @param idBytes bytes of all ids together
 * @param vectorBytes bytes of the vectors
 * @param partitionBytes bytes of the partition, 0 without one
 */
record CatalogueHeader(
    String version,
    String embeddingSpace,
    int count,
    int dimension,
    VectorLayout layout,
    long idBytes,
    long vectorBytes,
    long partitionBytes) {
  static final int MAGIC = 0x48434154;
  static final int FORMAT = 2;

  /** Bytes before the header: magic, format, length and checksum of the header. */
  static final int PREFIX = 16;

  /** The content is checked in pieces of this size. */
  static final int CHUNK = 1 << 22;

  private static final int LONGEST = 4 * (1 << 16) + 64;
  private static final int ALIGNMENT = 64;

  /** The ids with their lengths, filled up so that the vectors start at a multiple of 64 bytes. */
  long idSectionBytes() {
    long bytes = (long) Integer.BYTES * count + idBytes;
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Ids, vectors and partition. */
  long bodyBytes() {
    return idSectionBytes() + vectorBytes + partitionBytes;
  }

  /** Pieces of the body. */
  int chunks() {
    return Math.toIntExact((bodyBytes() + CHUNK - 1) / CHUNK);
  }

  /** The checksums of the pieces, and their own. */
  long trailerBytes() {
    return Integer.BYTES * (chunks() + 1L);
  }

  /** Prefix and header. */
  byte[] encode() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(version);
    out.writeUTF(embeddingSpace);
    out.writeInt(count);
    out.writeInt(dimension);
    out.writeInt(layout.code());
    out.writeLong(idBytes);
    out.writeLong(vectorBytes);
    out.writeLong(partitionBytes);
    byte[] header = bytes.toByteArray();
    return ByteBuffer.allocate(PREFIX + header.length)
        .putInt(MAGIC)
        .putInt(FORMAT)
        .putInt(header.length)
        .putInt(checksum(header))
        .put(header)
        .array();
  }

  /** Length of the header whose prefix this is. */
  static int length(ByteBuffer prefix, Path file) throws CatalogueException {
    if (prefix.getInt(0) != MAGIC) {
      throw new CatalogueException(Fault.CORRUPT, "not a catalogue file: " + file);
    }
    int format = prefix.getInt(4);
    if (format != FORMAT) {
      throw new CatalogueException(
          Fault.UNSUPPORTED,
          "catalogue file must have format %d: %d in %s; %s"
              .formatted(
                  FORMAT,
                  format,
                  file,
                  format == 1
                      ? "build it again with hindcast catalogue build"
                      : "read it with the version of hindcast that wrote it"));
    }
    int length = prefix.getInt(8);
    if (length < 1 || length > LONGEST) {
      throw new CatalogueException(
          Fault.CORRUPT, "catalogue file cannot have a header of " + length + " bytes: " + file);
    }
    return length;
  }

  /** The header of a file of this length. */
  static CatalogueHeader parse(ByteBuffer prefix, byte[] header, long fileLength, Path file)
      throws IOException {
    if (checksum(header) != prefix.getInt(12)) {
      throw new CatalogueException(Fault.CORRUPT, "header of catalogue file is damaged: " + file);
    }
    CatalogueHeader parsed;
    try (DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(header))) {
      parsed =
          new CatalogueHeader(
              in.readUTF(),
              in.readUTF(),
              in.readInt(),
              in.readInt(),
              VectorLayout.of(in.readInt()),
              in.readLong(),
              in.readLong(),
              in.readLong());
      if (in.available() > 0) {
        throw new IllegalArgumentException(in.available() + " bytes are left over");
      }
      parsed.requirePossible();
    } catch (IOException | IllegalArgumentException e) {
      throw new CatalogueException(
          Fault.CORRUPT, "header of catalogue file is damaged: " + file + ": " + e.getMessage(), e);
    }
    parsed.requireLength(fileLength, PREFIX + header.length, file);
    return parsed;
  }

  /** CRC-32C. */
  static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return (int) crc.getValue();
  }

  private void requirePossible() {
    if (count < 1 || dimension < 1) {
      throw new IllegalArgumentException("sizes cannot be " + count + " x " + dimension);
    }
    long vectors = layout.bytes(count, dimension);
    boolean possible =
        idBytes >= count
            && idBytes <= Integer.MAX_VALUE - 8
            && partitionBytes >= 0
            && partitionBytes <= Integer.MAX_VALUE - 8
            && (layout == VectorLayout.PARTITIONED) == partitionBytes > 0
            && (layout == VectorLayout.PARTITIONED
                ? vectorBytes >= vectors
                : vectorBytes == vectors)
            && vectorBytes % (Float.BYTES * VectorLayout.BLOCK) == 0
            && vectorBytes / Float.BYTES <= Integer.MAX_VALUE - VectorLayout.BLOCK;
    if (!possible) {
      throw new IllegalArgumentException(
          "sizes cannot be %d x %d with %d bytes of ids, %d of vectors, %d of partition"
              .formatted(count, dimension, idBytes, vectorBytes, partitionBytes));
    }
  }

  private void requireLength(long fileLength, long headerEnd, Path file) throws CatalogueException {
    long expected = headerEnd + bodyBytes() + trailerBytes();
    if (fileLength < expected) {
      throw truncated(file, fileLength, expected);
    }
    if (fileLength > expected) {
      throw new CatalogueException(
          Fault.CORRUPT,
          "catalogue file must have the %d bytes of its header: %s has %d, bytes are left over"
              .formatted(expected, file, fileLength));
    }
  }

  static CatalogueException truncated(Path file, long length, long expected) {
    return new CatalogueException(
        Fault.TRUNCATED,
        "catalogue file ends too early: %s has %d bytes of %d; copy or build it again"
            .formatted(file, length, expected));
  }
}
