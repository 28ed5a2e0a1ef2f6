package hindcast.connectors.logs;

import com.fasterxml.jackson.databind.JsonNode;
import hindcast.feedback.Rejection;

/** Fields of a JSON object: absent, of the wanted type, or a reject. JSON null is absent. */
final class DsJsonFields {
  private DsJsonFields() {}

  /** Whether a field has a value. */
  static boolean isGiven(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return !value.isMissingNode() && !value.isNull();
  }

  /** A string, or null if absent. */
  static String text(JsonNode object, String name) throws LineRejectedException {
    if (!isGiven(object, name)) {
      return null;
    }
    JsonNode value = object.path(name);
    if (!value.isTextual()) {
      throw malformed(name, "must be a string: " + shortened(value));
    }
    return whole(value.textValue(), name);
  }

  /** The text, if UTF-8 can hold it: half of a surrogate pair, written as an escape, it cannot. */
  static String whole(String text, String name) throws LineRejectedException {
    if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw malformed(name, "must not hold half of a surrogate pair");
    }
    return text;
  }

  /** A number that is there; may be infinite where its text is too large for a double. */
  static double number(JsonNode object, String name) throws LineRejectedException {
    return numeric(object.path(name), name);
  }

  /** A number. */
  static double numeric(JsonNode value, String name) throws LineRejectedException {
    if (!value.isNumber()) {
      throw malformed(name, "must be a number: " + shortened(value));
    }
    return value.doubleValue();
  }

  /** An integer. */
  static int integer(JsonNode value, String name) throws LineRejectedException {
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw malformed(name, "must be an integer: " + shortened(value));
    }
    return value.intValue();
  }

  /** Whether a field is true; absent is false. */
  static boolean flag(JsonNode object, String name) throws LineRejectedException {
    if (!isGiven(object, name)) {
      return false;
    }
    JsonNode value = object.path(name);
    if (!value.isBoolean()) {
      throw malformed(name, "must be true or false: " + shortened(value));
    }
    return value.booleanValue();
  }

  static LineRejectedException malformed(String field, String problem) {
    return new LineRejectedException(Rejection.MALFORMED, field + ": " + problem);
  }

  private static String shortened(JsonNode value) {
    String text = value.isContainerNode() ? value.getNodeType().name() : value.asText();
    return text.length() > 40 ? text.substring(0, 40) + "..." : text;
  }
}
