package hindcast.connectors.logs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of lines of JSON. {@code a.b} is the field b of the object a, a number the place in an
 * array, from 0; a field of the line that is called {@code a.b} goes first. Null is absent, and so
 * is an empty text.
 */
final class JsonValues implements FieldValues {
  private final List<String> fields;
  private final String[][] paths;
  private JsonNode line;

  JsonValues(List<String> fields) {
    this.fields = fields;
    this.paths = fields.stream().map(field -> field.split("\\.", -1)).toArray(String[][]::new);
  }

  @Override
  public void read(byte[] raw) throws LineRejectedException {
    line = DsJsonParser.tree(raw);
  }

  @Override
  public String name(int slot) {
    return fields.get(slot);
  }

  private JsonNode node(int slot) {
    JsonNode node = line.path(fields.get(slot));
    if (!node.isMissingNode() || paths[slot].length == 1) {
      return node;
    }
    node = line;
    for (String name : paths[slot]) {
      node = node.isArray() ? element(node, name) : node.path(name);
    }
    return node;
  }

  private static JsonNode element(JsonNode array, String place) {
    try {
      return array.path(Integer.parseUnsignedInt(place));
    } catch (NumberFormatException e) {
      return array.path(-1);
    }
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode()
        || node.isNull()
        || (node.isTextual() && node.textValue().isBlank());
  }

  @Override
  public String text(int slot) throws LineRejectedException {
    JsonNode node = node(slot);
    return isAbsent(node) ? null : text(node, fields.get(slot));
  }

  private static String text(JsonNode node, String name) throws LineRejectedException {
    if (node.isContainerNode()) {
      throw FieldValues.malformed(name, "must be one value: " + node.getNodeType());
    }
    return DsJsonFields.whole(node.asText(), name).trim();
  }

  @Override
  public double number(int slot) throws LineRejectedException {
    JsonNode node = node(slot);
    if (isAbsent(node)) {
      throw FieldValues.missing(fields.get(slot));
    }
    return number(node, fields.get(slot));
  }

  private static double number(JsonNode node, String name) throws LineRejectedException {
    if (node.isNumber()) {
      double number = node.doubleValue();
      return Double.isFinite(number) ? number : Double.NaN;
    }
    return FieldValues.number(name, text(node, name));
  }

  @Override
  public List<String> texts(int slot, String separator) throws LineRejectedException {
    JsonNode node = node(slot);
    if (isAbsent(node)) {
      return null;
    }
    requireArray(node, slot);
    List<String> texts = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      texts.add(text(element, fields.get(slot)));
    }
    return texts;
  }

  @Override
  public double[] numbers(int slot, String separator) throws LineRejectedException {
    JsonNode node = node(slot);
    if (isAbsent(node)) {
      return null;
    }
    requireArray(node, slot);
    double[] numbers = new double[node.size()];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = number(node.path(k), fields.get(slot));
    }
    return numbers;
  }

  private void requireArray(JsonNode node, int slot) throws LineRejectedException {
    if (!node.isArray()) {
      throw FieldValues.malformed(fields.get(slot), "must be an array: " + node.getNodeType());
    }
  }
}
