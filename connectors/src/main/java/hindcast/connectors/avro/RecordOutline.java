package hindcast.connectors.avro;

import java.io.EOFException;
import java.io.IOException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * What can be read of the bytes of a record up to where they break: for people who look at refused
 * records.
 *
 * <p>{@link #of} accepts any bytes and never throws; time and memory are proportional to the bytes
 * given.
 *
 * @param schema name of the schema that wrote the record, or empty where it is not known
 * @param fields values by path ({@code context.dense}, {@code eligibleItemIds[0]}), in the order
 *     they were read; bytes as hexadecimal digits
 * @param fault what is wrong behind the last field, or empty for a whole record
 */
public record RecordOutline(String schema, Map<String, String> fields, String fault) {
  private static final int DEEPEST = 32;

  public RecordOutline {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** The outline of one record; null bytes have no schema and no fields. */
  public static RecordOutline of(byte[] bytes) {
    Schema writer = WireFormat.writerOf(bytes);
    if (writer == null) {
      return new RecordOutline("", Map.of(), WireFormat.ofThread().decode(bytes).reject().detail());
    }
    Reader reader = new Reader(bytes);
    return new RecordOutline(writer.getName(), reader.fields, reader.read(writer));
  }

  /** Whether the schema that wrote the bytes is known. */
  public boolean isRecord() {
    return !schema.isEmpty();
  }

  private static final class Reader {
    private final BoundedDecoder decoder = new BoundedDecoder();
    private final Map<String, String> fields = new LinkedHashMap<>();

    Reader(byte[] bytes) {
      decoder.reset(bytes, WireFormat.HEADER_LENGTH);
    }

    String read(Schema schema) {
      try {
        walk(schema, "", 0);
        return decoder.remaining() == 0 ? "" : decoder.remaining() + " bytes left over";
      } catch (IOException | AvroRuntimeException e) {
        return e.getMessage();
      }
    }

    private void walk(Schema schema, String path, int depth) throws IOException {
      if (depth > DEEPEST) {
        throw new IOException("record must be at most " + DEEPEST + " levels deep: " + path);
      }
      switch (schema.getType()) {
        case RECORD -> {
          for (Schema.Field field : schema.getFields()) {
            String name = path.isEmpty() ? field.name() : path + "." + field.name();
            walk(field.schema(), name, depth + 1);
          }
        }
        case UNION -> walk(chosen(schema), path, depth + 1);
        case ARRAY -> {
          int index = 0;
          for (long left = decoder.readArrayStart(); left > 0; left = decoder.arrayNext()) {
            for (; left > 0; left--) {
              walk(schema.getElementType(), path + "[" + index++ + "]", depth + 1);
            }
          }
        }
        case MAP -> {
          for (long left = decoder.readMapStart(); left > 0; left = decoder.mapNext()) {
            for (; left > 0; left--) {
              walk(schema.getValueType(), path + "." + decoder.readString(), depth + 1);
            }
          }
        }
        default -> fields.put(path, value(schema));
      }
    }

    private Schema chosen(Schema union) throws IOException {
      return union.getTypes().get(index(union.getTypes().size(), "union branch"));
    }

    private int index(int count, String what) throws IOException {
      int index = decoder.readIndex();
      if (index < 0 || index >= count) {
        throw new EOFException(what + " must be in [0, " + count + "): " + index);
      }
      return index;
    }

    private String value(Schema schema) throws IOException {
      return switch (schema.getType()) {
        case NULL -> "null";
        case BOOLEAN -> Boolean.toString(decoder.readBoolean());
        case INT -> Integer.toString(decoder.readInt());
        case LONG -> Long.toString(decoder.readLong());
        case FLOAT -> Float.toString(decoder.readFloat());
        case DOUBLE -> Double.toString(decoder.readDouble());
        case STRING -> decoder.readString();
        case BYTES -> HexFormat.of().formatHex(decoder.readBytes(null).array());
        case ENUM -> schema.getEnumSymbols().get(index(schema.getEnumSymbols().size(), "symbol"));
        case FIXED -> {
          byte[] fixed = new byte[schema.getFixedSize()];
          decoder.readFixed(fixed, 0, fixed.length);
          yield HexFormat.of().formatHex(fixed);
        }
        default -> throw new IOException("no value of type " + schema.getType());
      };
    }
  }
}
