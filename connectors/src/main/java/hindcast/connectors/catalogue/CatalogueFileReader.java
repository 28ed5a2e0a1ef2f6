package hindcast.connectors.catalogue;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.ItemIds;
import hindcast.catalogue.OneHotEmbeddings;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.catalogue.PartitionFormat;
import hindcast.catalogue.PartitionIndex;
import hindcast.connectors.catalogue.CatalogueException.Fault;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Reads a catalogue file in one pass: its header, or all of it with its hash. */
final class CatalogueFileReader implements Closeable {
  private final Path file;
  private final long length;
  private final CheckedInput in;
  private final CatalogueHeader header;
  private String sha256;

  private CatalogueFileReader(Path file, long length, CheckedInput in) throws IOException {
    this.file = file;
    this.length = length;
    this.in = in;
    this.header = readHeader();
  }

  static CatalogueFileReader open(Path file) throws IOException {
    FileChannel channel = channel(file);
    CheckedInput in = new CheckedInput(file, channel, channel.size());
    try {
      return new CatalogueFileReader(file, channel.size(), in);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static FileChannel channel(Path file) throws CatalogueException {
    try {
      if (!Files.isRegularFile(file)) {
        throw new IOException("there is no such file");
      }
      return FileChannel.open(file);
    } catch (IOException e) {
      throw new CatalogueException(
          Fault.MISSING,
          "catalogue file must be readable here: " + file + "; share its directory or copy it",
          e);
    }
  }

  /** What the file says of itself. */
  CatalogueHeader header() {
    return header;
  }

  /** The catalogue; the whole file has been read and found whole then. */
  LoadedCatalogue read() throws IOException {
    in.body(header);
    int[] lengths = new int[header.count()];
    in.read(lengths);
    byte[] utf8 = new byte[(int) header.idBytes()];
    in.read(utf8);
    in.read(new byte[(int) (header.idSectionBytes() - header.idBytes() - 4L * header.count())]);
    CompletableFuture<ItemIds> ids = CompletableFuture.supplyAsync(() -> ids(utf8, lengths));
    float[] vectors = new float[(int) (header.vectorBytes() / Float.BYTES)];
    in.read(vectors);
    byte[] partition = new byte[(int) header.partitionBytes()];
    in.read(partition);
    sha256 = in.finish();
    try {
      PartitionIndex index =
          header.layout() == VectorLayout.PARTITIONED ? partition(partition, vectors) : null;
      ItemEmbeddings embeddings = index == null ? embeddings(vectors) : index.embeddings();
      return new LoadedCatalogue(
          new ItemCatalogue(header.version(), header.embeddingSpace(), ids.join(), embeddings),
          index);
    } catch (CompletionException e) {
      throw damaged(e.getCause());
    } catch (IllegalArgumentException | IOException e) {
      throw damaged(e);
    }
  }

  /** SHA-256 of the file, once it is read. */
  String sha256() {
    return sha256;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private CatalogueHeader readHeader() throws IOException {
    if (length < CatalogueHeader.PREFIX) {
      throw CatalogueHeader.truncated(file, length, CatalogueHeader.PREFIX);
    }
    ByteBuffer prefix = ByteBuffer.wrap(in.plain(CatalogueHeader.PREFIX));
    int bytes = CatalogueHeader.length(prefix, file);
    if (length < CatalogueHeader.PREFIX + bytes) {
      throw CatalogueHeader.truncated(file, length, CatalogueHeader.PREFIX + bytes);
    }
    return CatalogueHeader.parse(prefix, in.plain(bytes), length, file);
  }

  private static ItemIds ids(byte[] utf8, int[] lengths) {
    int end = 0;
    for (int item = 0; item < lengths.length; item++) {
      end += lengths[item];
      lengths[item] = end;
    }
    return ItemIds.of(utf8, lengths);
  }

  private ItemEmbeddings embeddings(float[] vectors) {
    return header.layout() == VectorLayout.ONE_HOT
        ? new OneHotEmbeddings(header.count())
        : PackedEmbeddings.ofPacked(vectors, header.count(), header.dimension());
  }

  private PartitionIndex partition(byte[] bytes, float[] vectors) throws IOException {
    for (float value : vectors) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("embeddings must be finite: " + value);
      }
    }
    DataInputStream layout = new DataInputStream(new ByteArrayInputStream(bytes));
    PartitionIndex index = PartitionFormat.readLayout(layout, header.version(), vectors);
    if (layout.available() > 0
        || index.size() != header.count()
        || index.dimension() != header.dimension()) {
      throw new IllegalArgumentException("its partition is of other items: " + index);
    }
    return index;
  }

  private CatalogueException damaged(Throwable cause) {
    return new CatalogueException(
        Fault.CORRUPT, "catalogue file is damaged: " + file + ": " + cause.getMessage(), cause);
  }
}
