package hindcast.local.catalogue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Which columns of a Parquet file hold the items.
 *
 * @param id the ids
 * @param vector one list of numbers, or one column for each dimension
 * @param projection the schema of only these
 */
record ParquetColumns(ColumnDescriptor id, List<ColumnDescriptor> vector, MessageType projection) {

  /** The columns, or what keeps them from being found. */
  static ParquetColumns of(MessageType schema, Path file) throws IOException {
    ColumnDescriptor id = null;
    List<ColumnDescriptor> lists = new ArrayList<>();
    List<ColumnDescriptor> scalars = new ArrayList<>();
    for (ColumnDescriptor column : schema.getColumns()) {
      String name = column.getPath()[0];
      boolean top = column.getPath().length == 1 && column.getMaxRepetitionLevel() == 0;
      if (top && (name.equals("item_id") || (name.equals("id") && id == null))) {
        id = column;
      } else if (column.getMaxRepetitionLevel() == 1 && isFraction(column)) {
        lists.add(column);
      } else if (top) {
        scalars.add(column);
      }
    }
    if (id == null || !(isText(id) || ParquetItemFile.isWhole(id))) {
      throw new IOException(
          "%s: must have a column item_id or id of texts or whole numbers: %s"
              .formatted(file, names(schema.getColumns())));
    }
    return new ParquetColumns(id, vector(lists, scalars, file), null).projected(schema);
  }

  /** Whether the vectors are one column of lists. */
  boolean isList() {
    return vector.get(0).getMaxRepetitionLevel() > 0;
  }

  /** The current value of an id column. */
  static String text(ColumnReader values) {
    return switch (values.getDescriptor().getPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> Integer.toString(values.getInteger());
      case INT64 -> Long.toString(values.getLong());
      default -> values.getBinary().toStringUsingUTF8();
    };
  }

  /** The current value of a column of numbers. */
  static float number(ColumnReader values) {
    return switch (values.getDescriptor().getPrimitiveType().getPrimitiveTypeName()) {
      case FLOAT -> values.getFloat();
      case INT32 -> values.getInteger();
      case INT64 -> values.getLong();
      default -> (float) values.getDouble();
    };
  }

  private static List<ColumnDescriptor> vector(
      List<ColumnDescriptor> lists, List<ColumnDescriptor> scalars, Path file) throws IOException {
    if (lists.size() == 1) {
      return lists;
    }
    List<ColumnDescriptor> others =
        scalars.stream().filter(column -> !ParquetItemFile.isNumber(column)).toList();
    if (lists.size() > 1 || !others.isEmpty() || scalars.isEmpty()) {
      throw new IOException(
          "%s: must have one column that is a list of numbers, or beside the ids only columns of numbers: lists %s, other columns %s"
              .formatted(file, names(lists), names(others)));
    }
    return scalars;
  }

  private ParquetColumns projected(MessageType schema) {
    List<Type> fields = new ArrayList<>();
    for (Type field : schema.getFields()) {
      boolean used =
          field.getName().equals(id.getPath()[0])
              || vector.stream().anyMatch(column -> column.getPath()[0].equals(field.getName()));
      if (used) {
        fields.add(field);
      }
    }
    return new ParquetColumns(id, vector, new MessageType(schema.getName(), fields));
  }

  private static boolean isText(ColumnDescriptor column) {
    return column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
  }

  private static boolean isFraction(ColumnDescriptor column) {
    PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
    return type == PrimitiveTypeName.FLOAT || type == PrimitiveTypeName.DOUBLE;
  }

  private static List<String> names(List<ColumnDescriptor> columns) {
    return columns.stream().map(column -> String.join(".", column.getPath())).toList();
  }
}
