package hindcast.local.catalogue;

import hindcast.connectors.catalogue.ItemFile;
import hindcast.connectors.catalogue.PackedItems;
import hindcast.connectors.parquet.ParquetFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Items from a Parquet file: ids in column {@code item_id} or {@code id} (text or whole numbers),
 * and either one column that is a list of numbers, as long in every row, or columns of numbers, one
 * for each dimension in their order. A missing value is an error.
 *
 * <p>Row groups are read one after another: memory holds the catalogue and one row group. For
 * compression see {@link ParquetFiles}.
 */
public final class ParquetItemFile implements ItemFile {
  private final Path path;
  private final ParquetColumns columns;
  private final int count;
  private final int dimension;
  private ParquetFileReader reader;

  private ParquetItemFile(Path path) throws IOException {
    this.path = path;
    reader = ParquetFiles.open(path);
    MessageType schema = reader.getFileMetaData().getSchema();
    columns = ParquetColumns.of(schema, path);
    if (reader.getRecordCount() > Integer.MAX_VALUE) {
      throw new IOException(
          path + ": a catalogue has at most 2^31 - 1 items: " + reader.getRecordCount());
    }
    count = (int) reader.getRecordCount();
    reader.setRequestedSchema(columns.projection());
    dimension = columns.isList() ? lengthOfFirst() : columns.vector().size();
  }

  /** Reads the footer, and of a list column the first row. */
  public static ParquetItemFile of(Path path) throws IOException {
    try {
      return new ParquetItemFile(path);
    } catch (RuntimeException e) {
      throw ParquetFiles.unreadable(path, e);
    }
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public String place(int item) {
    return "row " + item;
  }

  @Override
  public void readInto(PackedItems items, DoubleConsumer progress) throws IOException {
    try {
      int first = 0;
      PageReadStore group = reader.readNextRowGroup();
      while (group != null) {
        int rows = Math.toIntExact(group.getRowCount());
        readGroup(group, first, rows, items);
        first += rows;
        progress.accept((double) first / count);
        group = reader.readNextRowGroup();
      }
    } catch (RuntimeException e) {
      throw ParquetFiles.unreadable(path, e);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private void readGroup(PageReadStore group, int first, int rows, PackedItems items)
      throws IOException {
    ColumnReadStoreImpl store = store(group);
    ColumnReader ids = store.getColumnReader(columns.id());
    for (int row = 0; row < rows; row++) {
      require(ids, columns.id(), first + row);
      addId(items, first + row, ParquetColumns.text(ids));
      ids.consume();
    }
    List<ColumnDescriptor> vector = columns.vector();
    if (columns.isList()) {
      readLists(group, first, rows, items);
      return;
    }
    for (int l = 0; l < vector.size(); l++) {
      ColumnReader values = store.getColumnReader(vector.get(l));
      for (int row = 0; row < rows; row++) {
        items.set(first + row, l, number(values, vector.get(l), first + row));
        values.consume();
      }
    }
  }

  private void readLists(PageReadStore group, int first, int rows, PackedItems items)
      throws IOException {
    ColumnDescriptor column = columns.vector().get(0);
    ColumnReader values = store(group).getColumnReader(column);
    long left = group.getPageReader(column).getTotalValueCount();
    for (int item = first; item < first + rows; item++) {
      int length = 0;
      do {
        float value = number(values, column, item);
        if (length < dimension) {
          items.set(item, length, value);
        }
        length++;
        values.consume();
        left--;
      } while (left > 0 && values.getCurrentRepetitionLevel() > 0);
      if (length != dimension) {
        throw wrong(item, "must have " + dimension + " numbers like the first row", length);
      }
    }
  }

  private int lengthOfFirst() throws IOException {
    int length = 0;
    PageReadStore group = reader.readNextRowGroup();
    if (group != null) {
      ColumnDescriptor column = columns.vector().get(0);
      long left = group.getPageReader(column).getTotalValueCount();
      ColumnReader values = store(group).getColumnReader(column);
      require(values, column, 0);
      do {
        values.consume();
        length++;
        left--;
      } while (left > 0 && values.getCurrentRepetitionLevel() > 0);
    }
    reader.close();
    reader = ParquetFiles.open(path);
    reader.setRequestedSchema(columns.projection());
    return length;
  }

  private float number(ColumnReader values, ColumnDescriptor column, int item) throws IOException {
    require(values, column, item);
    return finite(item, column.getPath()[0], ParquetColumns.number(values));
  }

  private void require(ColumnReader values, ColumnDescriptor column, int item) throws IOException {
    if (values.getCurrentDefinitionLevel() < column.getMaxDefinitionLevel()) {
      throw wrong(item, "column " + column.getPath()[0] + " must have a value", "null or empty");
    }
  }

  private ColumnReadStoreImpl store(PageReadStore group) {
    return new ColumnReadStoreImpl(
        group,
        new IgnoredValues(columns.projection()),
        columns.projection(),
        reader.getFileMetaData().getCreatedBy());
  }

  /** Whether a column's type is one of numbers. */
  static boolean isNumber(ColumnDescriptor column) {
    PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
    return type == PrimitiveTypeName.FLOAT || type == PrimitiveTypeName.DOUBLE || isWhole(column);
  }

  /** Whether a column's type is one of whole numbers. */
  static boolean isWhole(ColumnDescriptor column) {
    PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
    return type == PrimitiveTypeName.INT32 || type == PrimitiveTypeName.INT64;
  }
}
