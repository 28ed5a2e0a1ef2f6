package hindcast.connectors.parquet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;

/**
 * Opens Parquet files with Apache's reader: uncompressed, or compressed by snappy, zstd, gzip or
 * lz4_raw. The reader needs Hadoop's interfaces on the class path, and no installation of it.
 */
public final class ParquetFiles {
  private ParquetFiles() {}

  /**
   * Opens a file and reads its footer.
   *
   * @throws IOException that names the file, if it is no Parquet file or says that it has data
   *     where it has none
   */
  public static ParquetFileReader open(Path path) throws IOException {
    ParquetFileReader reader = null;
    try {
      reader =
          ParquetFileReader.open(
              new LocalInputFile(path),
              ParquetReadOptions.builder(new PlainParquetConfiguration())
                  .withCodecFactory(new ParquetCodecs())
                  .build());
      requireData(reader, Files.size(path));
      return reader;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      if (reader != null) {
        reader.close();
      }
      throw unreadable(path, e);
    }
  }

  /** Sizes are believed by the reader, so they are compared with the file before. */
  private static void requireData(ParquetFileReader reader, long size) throws IOException {
    for (BlockMetaData group : reader.getRowGroups()) {
      for (ColumnChunkMetaData column : group.getColumns()) {
        long start = column.getStartingPos();
        long length = column.getTotalSize();
        if (start < 0 || length < 0 || length > size - start) {
          throw new IOException(
              "column %s must lie inside the file of %d bytes: %d bytes from %d"
                  .formatted(column.getPath().toDotString(), size, length, start));
        }
      }
    }
  }

  /** An error of the reader in one line. */
  public static IOException unreadable(Path path, Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String line = message.lines().findFirst().orElse("");
    return new IOException("%s: cannot be read as Parquet: %s".formatted(path, line), e);
  }
}
