package hindcast.connectors.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.catalogue.PartitionIndex;
import hindcast.connectors.FileHash;
import hindcast.connectors.catalogue.CatalogueException.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A catalogue as one file, format 2:
 *
 * <pre>
 * prefix    "HCAT" | format | length of the header | CRC-32C of the header
 * header    version | embedding space | count P | dimension L | layout | bytes of ids, vectors, partition
 * body      lengths of the P ids | ids in UTF-8 | zeros up to 64 bytes | vectors | partition
 * trailer   CRC-32C of each 4 MB of the body | CRC-32C of these
 * </pre>
 *
 * <p>Numbers of prefix, header and trailer are big-endian; texts are Java modified UTF-8 with a
 * length. Lengths of ids are little-endian int32 and vectors little-endian float32, packed as the
 * kernels read them: blocks of 16 items, dimension-major in a block, the last block filled up with
 * zero vectors. Layouts are those of {@link VectorLayout}: one without vectors (item a is the unit
 * vector e_a, L = P), one in the order of the items, and one in the order of a partition.
 *
 * <p>The sizes in the header give the length of the file to the byte, and are compared with it
 * before anything is allocated. The checksums find damage without a manifest and say where; the
 * SHA-256 of the whole file, in the manifest, says that it is the file meant. A reader checks both
 * before it hands out the catalogue. The file is written under another name, synced and moved into
 * place, so that a file under its final name is whole; what a killed writer left is removed by the
 * next. Errors: {@link CatalogueException} with the fault by name.
 */
public final class CatalogueFile {
  /** What is written into a folder of catalogues. */
  static final Pattern NAMES = Pattern.compile(".*\\.catalogue(\\.(json|partition|hnsw))?");

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
    return write(file, catalogue, null, effectiveTimeMicros);
  }

  /**
   * Writes a catalogue in the order of a partition of it, and the partition.
   *
   * @param partition a partition of exactly these items, or null for none
   * @param effectiveTimeMicros event time from which it holds
   * @return the manifest that names the file
   * @throws IOException if it cannot be written; then there is no file under this name
   */
  public static CatalogueManifest write(
      Path file, ItemCatalogue catalogue, PartitionIndex partition, long effectiveTimeMicros)
      throws IOException {
    if (partition != null
        && (partition.size() != catalogue.size()
            || partition.dimension() != catalogue.dimension())) {
      throw new IllegalArgumentException(
          "a partition must be of its catalogue: " + partition + " is not of " + catalogue);
    }
    FileHash.removeAbandoned(file.toAbsolutePath().getParent(), NAMES);
    MessageDigest digest = FileHash.digest();
    FileHash.writeAtomically(
        file,
        out ->
            CatalogueFileWriter.write(catalogue, partition, new DigestOutputStream(out, digest)));
    return manifest(
        file, catalogue, HexFormat.of().formatHex(digest.digest()), effectiveTimeMicros);
  }

  /**
   * Reads the catalogue a manifest names.
   *
   * @throws IOException if the file is missing, is not the one the manifest names, or is broken
   */
  public static ItemCatalogue read(CatalogueManifest manifest) throws IOException {
    return load(manifest).catalogue();
  }

  /**
   * Reads a catalogue and its partition without a manifest.
   *
   * @throws IOException if the file is missing or broken
   */
  public static LoadedCatalogue load(Path file) throws IOException {
    try (CatalogueFileReader reader = CatalogueFileReader.open(file)) {
      return reader.read();
    }
  }

  /** Reads no more than the header of a file. */
  public static CatalogueInfo info(Path file) throws IOException {
    try (CatalogueFileReader reader = CatalogueFileReader.open(file)) {
      CatalogueHeader header = reader.header();
      return new CatalogueInfo(
          header.version(),
          header.embeddingSpace(),
          header.count(),
          header.dimension(),
          header.layout().text(),
          Files.size(file));
    }
  }

  /**
   * Reads the catalogue a manifest names, and its partition if it has one.
   *
   * @throws IOException if the file is missing, is not the one the manifest names, or is broken
   */
  public static LoadedCatalogue load(CatalogueManifest manifest) throws IOException {
    Path file = Path.of(manifest.getLocation());
    try (CatalogueFileReader reader = CatalogueFileReader.open(file)) {
      LoadedCatalogue catalogue = reader.read();
      String sha256 = reader.sha256();
      if (!sha256.equals(manifest.getSha256())) {
        throw notTheNamed(file, manifest, sha256);
      }
      requireMatch(manifest, catalogue.catalogue());
      return catalogue;
    }
  }

  /** The manifest of an existing file. */
  public static CatalogueManifest describe(Path file, long effectiveTimeMicros) throws IOException {
    try (CatalogueFileReader reader = CatalogueFileReader.open(file)) {
      ItemCatalogue catalogue = reader.read().catalogue();
      return manifest(file, catalogue, reader.sha256(), effectiveTimeMicros);
    }
  }

  /** Refuses what a file was found to be if it is not what a manifest says. */
  public static void requireNamed(CatalogueManifest manifest, CatalogueManifest found)
      throws CatalogueException {
    Path file = Path.of(found.getLocation());
    if (!found.getSha256().equals(manifest.getSha256())) {
      throw notTheNamed(file, manifest, found.getSha256());
    }
    if (!found.getVersion().equals(manifest.getVersion())
        || !found.getEmbeddingSpace().equals(manifest.getEmbeddingSpace())
        || found.getCount() != manifest.getCount()
        || found.getDimension() != manifest.getDimension()) {
      throw new CatalogueException(
          Fault.MISMATCHED, "manifest must be of its file: " + manifest + " is not of " + file);
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

  private static CatalogueManifest manifest(
      Path file, ItemCatalogue catalogue, String sha256, long effectiveTimeMicros) {
    return new CatalogueManifest(
        catalogue.version(),
        effectiveTimeMicros,
        file.toAbsolutePath().toString(),
        sha256,
        (long) catalogue.size(),
        catalogue.dimension(),
        catalogue.embeddingSpace());
  }
}
