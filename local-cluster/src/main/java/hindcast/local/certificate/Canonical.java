package hindcast.local.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import hindcast.connectors.FileHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * One text for each content, and its SHA-256: the names of objects and the keys of mappings are
 * sorted, floating-point numbers are hexadecimal ({@link Double#toHexString}, bit for bit), bytes
 * are hexadecimal, strings are preceded by their length.
 */
final class Canonical {
  private final StringBuilder out = new StringBuilder();

  private Canonical() {}

  /** The SHA-256 of a JSON tree, in hex. */
  static String sha256(JsonNode tree) {
    Canonical text = new Canonical();
    text.json(tree);
    return text.hash();
  }

  /** The SHA-256 of records of the contract in their order, in hex. */
  static String sha256(Collection<? extends IndexedRecord> records) {
    Canonical text = new Canonical();
    text.value(records);
    return text.hash();
  }

  private String hash() {
    return FileHash.sha256(out.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void json(JsonNode node) {
    if (node.isObject()) {
      TreeMap<String, JsonNode> fields = new TreeMap<>();
      node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
      out.append('{');
      fields.forEach(
          (name, value) -> {
            text(name);
            json(value);
          });
      out.append('}');
    } else if (node.isArray()) {
      out.append('[');
      node.forEach(this::json);
      out.append(']');
    } else if (node.isFloatingPointNumber()) {
      out.append(Double.toHexString(node.doubleValue())).append(';');
    } else if (node.isTextual()) {
      text(node.textValue());
    } else {
      out.append(node.asText()).append(';');
    }
  }

  private void value(Object value) {
    if (value instanceof IndexedRecord record) {
      out.append('{');
      for (Schema.Field field : record.getSchema().getFields()) {
        text(field.name());
        value(record.get(field.pos()));
      }
      out.append('}');
    } else if (value instanceof Collection<?> elements) {
      out.append('[');
      elements.forEach(this::value);
      out.append(']');
    } else if (value instanceof Map<?, ?> map) {
      TreeMap<String, Object> sorted = new TreeMap<>();
      map.forEach((key, element) -> sorted.put(key.toString(), element));
      out.append('{');
      sorted.forEach(
          (key, element) -> {
            text(key);
            value(element);
          });
      out.append('}');
    } else if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      text(HexFormat.of().formatHex(copy));
    } else if (value instanceof Double number) {
      out.append(Double.toHexString(number)).append(';');
    } else if (value instanceof CharSequence || value instanceof Enum<?>) {
      text(value.toString());
    } else {
      out.append(value).append(';');
    }
  }

  private void text(String text) {
    out.append(text.length()).append(':').append(text);
  }
}
