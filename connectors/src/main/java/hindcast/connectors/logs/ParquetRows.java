package hindcast.connectors.logs;

import hindcast.connectors.parquet.ParquetFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The rows of a Parquet file, one row group after another; columns that were not asked for are not
 * read.
 */
final class ParquetRows implements RowFile {
  private final Path path;
  private final ParquetFileReader reader;
  private final Map<String, Type> columns = new HashMap<>();
  private MessageColumnIO columnIo;
  private RecordReader<Map<String, Object>> group;
  private int groups;
  private long leftInGroup;
  private long rows;

  private ParquetRows(Path path, ParquetFileReader reader) {
    this.path = path;
    this.reader = reader;
  }

  static ParquetRows open(Path path, Set<String> wanted) throws IOException {
    ParquetFileReader reader = ParquetFiles.open(path);
    try {
      ParquetRows rows = new ParquetRows(path, reader);
      rows.project(wanted);
      return rows;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      reader.close();
      throw e instanceof IOException refused ? refused : ParquetFiles.unreadable(path, e);
    }
  }

  private void project(Set<String> wanted) throws IOException {
    MessageType schema = reader.getFileMetaData().getSchema();
    for (Type field : schema.getFields()) {
      String name = RowFile.plain(field.getName());
      if (wanted.contains(name) && columns.put(name, field) != null) {
        throw new IOException(path + " is no parquet log: it must have one column " + name);
      }
    }
    if (columns.isEmpty()) {
      throw new IOException(
          path + " is no parquet log: it must have some of the columns " + wanted);
    }
    MessageType projection =
        new MessageType(schema.getName(), java.util.List.copyOf(columns.values()));
    reader.setRequestedSchema(projection);
    columnIo =
        new ColumnIOFactory(reader.getFileMetaData().getCreatedBy())
            .getColumnIO(projection, schema);
  }

  @Override
  public Set<String> columns() {
    return columns.keySet();
  }

  @Override
  public Map<String, Object> next() throws IOException {
    try {
      while (leftInGroup == 0) {
        PageReadStore pages = reader.readNextRowGroup();
        if (pages == null) {
          return null;
        }
        groups++;
        leftInGroup = pages.getRowCount();
        group = columnIo.getRecordReader(pages, new ParquetRow(columnIo.getType()));
      }
      Map<String, Object> row = group.read();
      leftInGroup--;
      rows++;
      return row;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new IOException(
          "%s cannot be read after row %d: %s".formatted(path, rows, firstLine(e)), e);
    }
  }

  @Override
  public void skip(long count) throws IOException {
    long end = rows + count;
    while (rows < end) {
      long size =
          groups < reader.getRowGroups().size()
              ? reader.getRowGroups().get(groups).getRowCount()
              : 0;
      if (leftInGroup == 0 && size > 0 && size <= end - rows) {
        reader.skipNextRowGroup();
        groups++;
        rows += size;
      } else if (next() == null) {
        throw new IOException(path + " must have " + end + " rows: only " + rows);
      }
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static String firstLine(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse("");
  }
}
