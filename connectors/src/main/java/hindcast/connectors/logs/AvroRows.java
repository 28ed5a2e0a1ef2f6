package hindcast.connectors.logs;

import hindcast.connectors.avro.AvroFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** The rows of an Avro container file; fields that were not asked for are skipped. */
final class AvroRows implements RowFile {
  private final AvroFile file;
  private final Set<String> columns;

  private AvroRows(AvroFile file, Set<String> columns) {
    this.file = file;
    this.columns = columns;
  }

  static AvroRows open(Path path, Set<String> wanted) throws IOException {
    AvroFile file = AvroFile.open(path);
    try {
      Map<String, Schema.Field> found = new HashMap<>();
      if (file.schema().getType() != Schema.Type.RECORD) {
        throw new IOException(
            path + " is no avro log: its schema must be a record: " + file.schema().getType());
      }
      for (Schema.Field field : file.schema().getFields()) {
        String name = RowFile.plain(field.name());
        if (wanted.contains(name) && found.put(name, field) != null) {
          throw new IOException(path + " is no avro log: it must have one field " + name);
        }
      }
      file.project(found.values());
      return new AvroRows(file, Set.copyOf(found.keySet()));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public Set<String> columns() {
    return columns;
  }

  @Override
  public Map<String, Object> next() throws IOException {
    GenericRecord record = file.next();
    return record == null ? null : fields(record);
  }

  @Override
  public void skip(long rows) throws IOException {
    file.skip(rows);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static Map<String, Object> fields(GenericRecord record) {
    Map<String, Object> fields = new HashMap<>();
    for (Schema.Field field : record.getSchema().getFields()) {
      fields.put(RowFile.plain(field.name()), value(field.schema(), record.get(field.pos())));
    }
    return fields;
  }

  private static Object value(Schema schema, Object value) {
    return switch (schema.getType()) {
      case UNION -> value(branch(schema, value), value);
      case NULL -> null;
      case RECORD -> fields((GenericRecord) value);
      case ARRAY -> list(schema.getElementType(), (List<?>) value);
      case MAP -> map(schema.getValueType(), (Map<?, ?>) value);
      case BYTES -> bytes((ByteBuffer) value);
      case FIXED -> ((GenericData.Fixed) value).bytes();
      case INT, LONG -> whole(schema.getLogicalType(), ((Number) value).longValue());
      case FLOAT, DOUBLE -> ((Number) value).doubleValue();
      case BOOLEAN -> value;
      default -> value.toString();
    };
  }

  private static Schema branch(Schema union, Object value) {
    return union.getTypes().get(GenericData.get().resolveUnion(union, value));
  }

  private static List<Object> list(Schema elements, List<?> values) {
    List<Object> list = new ArrayList<>(values.size());
    for (Object value : values) {
      list.add(value(elements, value));
    }
    return list;
  }

  private static Map<String, Object> map(Schema elements, Map<?, ?> values) {
    Map<String, Object> map = new HashMap<>();
    values.forEach((key, value) -> map.put(RowFile.plain(key.toString()), value(elements, value)));
    return map;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** Times as microseconds. */
  private static Long whole(LogicalType type, long value) {
    return switch (type == null ? "" : type.getName()) {
      case "timestamp-millis", "local-timestamp-millis" -> EpochMicros.ofMillis(value);
      case "timestamp-nanos", "local-timestamp-nanos" -> Math.floorDiv(value, 1_000L);
      case "date" -> EpochMicros.ofDays(value);
      default -> value;
    };
  }
}
