package hindcast.connectors.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.BuildProgress;
import hindcast.catalogue.HnswFormat;
import hindcast.catalogue.HnswIndex;
import hindcast.catalogue.IndexFormatException;
import hindcast.catalogue.IndexFormatException.Reason;
import hindcast.catalogue.IndexKind;
import hindcast.catalogue.IndexSource;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The indexes of a catalogue in files beside it: {@code v7.catalogue.partition} and {@code
 * v7.catalogue.hnsw}, which name the SHA-256 of the catalogue they were built for. One that is of
 * another catalogue, damaged or missing is built, with half of the processors, and written; where
 * nothing can be written it is built by each process. Beginning, progress and end of a build are
 * lines of the log.
 */
final class IndexFiles implements IndexSource {
  private static final Logger LOG = LoggerFactory.getLogger(IndexFiles.class);
  private static final int BUFFER = 1 << 20;
  private static final long LOG_EVERY = Duration.ofSeconds(10).toNanos();

  private final String version;
  private final String sha256;
  private final Path catalogue;

  /** Reads one index of a catalogue. */
  @FunctionalInterface
  private interface Reader<T> {
    T from(DataInput in) throws IOException;
  }

  /** Writes an index. */
  @FunctionalInterface
  private interface Writer<T> {
    void to(T index, DataOutput out) throws IOException;
  }

  IndexFiles(CatalogueManifest manifest) {
    this.version = manifest.getVersion();
    this.sha256 = manifest.getSha256();
    this.catalogue = Path.of(manifest.getLocation()).toAbsolutePath();
  }

  @Override
  public PartitionIndex partition(ItemEmbeddings embeddings) {
    return readOrBuild(
        IndexKind.PARTITION,
        in -> PartitionFormat.readLayout(in, sha256, embeddings),
        progress ->
            PartitionIndex.builder(embeddings).threads(threads()).progress(progress).build(),
        (index, out) -> PartitionFormat.writeLayout(index, sha256, out));
  }

  @Override
  public HnswIndex hnsw(ItemEmbeddings embeddings) {
    return readOrBuild(
        IndexKind.HNSW,
        in -> HnswFormat.read(in, sha256, embeddings),
        progress -> HnswIndex.builder(embeddings).threads(1).progress(progress).build(),
        (index, out) -> HnswFormat.write(index, sha256, out));
  }

  static int threads() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  private <T> T readOrBuild(
      IndexKind kind, Reader<T> reader, Function<BuildProgress, T> builder, Writer<T> writer) {
    Path file = catalogue.resolveSibling(catalogue.getFileName() + "." + kind.text());
    T index = read(file, reader);
    if (index == null) {
      long start = System.nanoTime();
      LOG.info("Catalogue {}: {} is being built", version, kind.text());
      index = builder.apply(logged(kind));
      LOG.info(
          "Catalogue {}: {} built in {} ms",
          version,
          kind.text(),
          Duration.ofNanos(System.nanoTime() - start).toMillis());
      write(file, index, writer);
    }
    return index;
  }

  private <T> T read(Path file, Reader<T> reader) {
    if (!Files.isReadable(file)) {
      return null;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
      return reader.from(in);
    } catch (IndexFormatException e) {
      if (e.reason() == Reason.WRONG_CATALOGUE) {
        LOG.info("Catalogue {}: {} is of another catalogue", version, file);
      } else {
        LOG.warn("Catalogue {}: {} is built anew: {}", version, file, e.getMessage());
      }
    } catch (IOException e) {
      LOG.warn("Catalogue {}: {} cannot be read: {}", version, file, e.toString());
    }
    return null;
  }

  private <T> void write(Path file, T index, Writer<T> writer) {
    try {
      FileHash.removeAbandoned(file.getParent(), CatalogueFile.NAMES);
      FileHash.writeAtomically(
          file,
          target -> {
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(target, BUFFER));
            writer.to(index, out);
            out.flush();
          });
    } catch (IOException e) {
      LOG.warn(
          "Catalogue {}: {} cannot be kept, a restart builds it again: {}",
          version,
          file,
          e.toString());
    }
  }

  private BuildProgress logged(IndexKind kind) {
    long[] next = {System.nanoTime() + LOG_EVERY};
    return (phase, done, total) -> {
      long now = System.nanoTime();
      if (now - next[0] >= 0) {
        next[0] = now + LOG_EVERY;
        LOG.info("Catalogue {}: {}: {} {} of {}", version, kind.text(), phase, done, total);
      }
    };
  }
}
