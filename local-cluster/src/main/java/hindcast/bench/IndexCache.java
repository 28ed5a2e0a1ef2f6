package hindcast.bench;

import hindcast.catalogue.HnswFormat;
import hindcast.catalogue.HnswIndex;
import hindcast.catalogue.IndexFormatException;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.PartitionFormat;
import hindcast.catalogue.PartitionIndex;
import hindcast.connectors.FileHash;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Built indexes in files of a folder, one of each kind for each catalogue; a file that cannot be
 * read is built anew.
 */
final class IndexCache {
  private static final int BUFFER = 1 << 20;

  private final Path folder;
  private final String identity;

  /**
   * A cache for one catalogue.
   *
   * @param folder null to keep nothing
   * @param identity of the catalogue's vectors
   */
  IndexCache(Path folder, String identity) {
    this.folder = folder;
    this.identity = identity;
  }

  /** Reads an index. */
  @FunctionalInterface
  private interface Reader<T> {
    T from(DataInput in) throws IOException;
  }

  /** Writes an index. */
  @FunctionalInterface
  private interface Writer {
    void to(DataOutput out) throws IOException;
  }

  /** The graph, or null if there is none. */
  HnswIndex readHnsw(ItemEmbeddings embeddings) {
    return read("hnsw", in -> HnswFormat.read(in, identity, embeddings));
  }

  /** The partition, or null if there is none. */
  PartitionIndex readPartition() {
    return read("partition", in -> PartitionFormat.read(in, identity));
  }

  void write(HnswIndex index) {
    write("hnsw", out -> HnswFormat.write(index, identity, out));
  }

  void write(PartitionIndex index) {
    write("partition", out -> PartitionFormat.write(index, identity, out));
  }

  private <T> T read(String kind, Reader<T> reader) {
    if (folder == null || !Files.isReadable(file(kind))) {
      return null;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file(kind)), BUFFER))) {
      return reader.from(in);
    } catch (IndexFormatException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String kind, Writer writer) {
    if (folder == null) {
      return;
    }
    try {
      FileHash.writeAtomically(
          file(kind),
          target -> {
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(target, BUFFER));
            writer.to(out);
            out.flush();
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String kind) {
    return folder.resolve(kind + "-" + identity + ".index").toAbsolutePath();
  }
}
