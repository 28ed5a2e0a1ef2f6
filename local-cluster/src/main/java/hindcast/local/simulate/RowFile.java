package hindcast.local.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of a log as separated values with a header, or as JSON lines; in JSON x is one array. */
final class RowFile implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final BufferedWriter out;
  private final List<String> names;
  private final boolean jsonLines;

  /**
   * @param names of the columns before x
   * @param features how many numbers x has
   */
  RowFile(Path file, List<String> names, int features, boolean jsonLines) throws IOException {
    this.out = Files.newBufferedWriter(file);
    this.names = names;
    this.jsonLines = jsonLines;
    if (!jsonLines) {
      StringBuilder header = new StringBuilder(String.join(",", names));
      for (int l = 1; l <= features; l++) {
        header.append(",x").append(l);
      }
      line(header.toString());
    }
  }

  /** Writes a row: a value for each name, then x. */
  void add(List<?> values, float[] x) throws IOException {
    if (!jsonLines) {
      line(values.stream().map(RowFile::cell).collect(Collectors.joining(",")) + cells(x));
      return;
    }
    ObjectNode row = MAPPER.createObjectNode();
    for (int k = 0; k < names.size(); k++) {
      row.putPOJO(names.get(k), values.get(k));
    }
    row.putPOJO("x", x);
    line(MAPPER.writeValueAsString(row));
  }

  private static String cells(float[] x) {
    StringBuilder cells = new StringBuilder();
    for (float value : x) {
      cells.append(',').append(value);
    }
    return cells.toString();
  }

  /** A value in quotes where it has to be. */
  static String cell(Object value) {
    String text = String.valueOf(value);
    return text.chars().anyMatch(c -> c == ',' || c == '"')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  /** Texts as a list in YAML. */
  static String yaml(List<String> texts) {
    try {
      return MAPPER.writeValueAsString(texts);
    } catch (IOException e) {
      throw new IllegalStateException("texts can be written", e);
    }
  }

  /** The names of x as a mapping has them. */
  static String yamlOfX(int features, boolean jsonLines) {
    if (jsonLines) {
      return "[{field: x, length: " + features + "}]";
    }
    String[] columns = new String[features];
    Arrays.setAll(columns, l -> "x" + (l + 1));
    return "[" + String.join(", ", columns) + "]";
  }

  private void line(String text) throws IOException {
    out.write(text);
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
