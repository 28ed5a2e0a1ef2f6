package hindcast.connectors;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * YAML as plain maps, lists and texts: a scalar stays the text that was written, a key without
 * value is null.
 */
public final class YamlText {
  private static final YAMLFactory YAML = new YAMLFactory();

  private YamlText() {}

  /**
   * Reads one document; empty text is an empty mapping.
   *
   * @throws IllegalArgumentException "place: what is wrong" if it is not YAML or a key is repeated
   */
  public static Object read(String text) {
    try (JsonParser parser = YAML.createParser(text)) {
      if (parser.nextToken() == null || parser.currentToken() == JsonToken.VALUE_NULL) {
        return new LinkedHashMap<String, Object>();
      }
      Object tree = value(parser);
      if (parser.nextToken() != null) {
        throw refusal(parser.currentTokenLocation(), "a second document: keep one");
      }
      return tree;
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage().lines().findFirst().orElse("not YAML");
      throw refusal(e.getLocation(), reason + ": check indentation and quotes");
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser);
      case START_ARRAY -> list(parser);
      case VALUE_NULL -> null;
      default -> parser.getText();
    };
  }

  private static Map<String, Object> mapping(JsonParser parser) throws IOException {
    Map<String, Object> mapping = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      JsonLocation location = parser.currentTokenLocation();
      parser.nextToken();
      Object value = value(parser);
      if (mapping.containsKey(key)) {
        throw refusal(location, "key '" + key + "' is there twice: keep one");
      }
      mapping.put(key, value);
    }
    return mapping;
  }

  private static List<Object> list(JsonParser parser) throws IOException {
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(parser));
    }
    return list;
  }

  private static IllegalArgumentException refusal(JsonLocation location, String reason) {
    return new IllegalArgumentException(
        location == null
            ? reason
            : "line "
                + location.getLineNr()
                + ", column "
                + location.getColumnNr()
                + ": "
                + reason);
  }
}
