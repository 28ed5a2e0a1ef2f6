package hindcast.local.catalogue;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.local.LocalStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Items with features, from a CSV file with a header: column {@code item_id} names the item, a
 * column without a name is skipped, and every other column is a feature.
 *
 * <p>A column in which every value is a finite number is one coordinate of the embedding, as it is;
 * any other is a category, one-hot over its values in the order of their text. So L = numeric
 * columns + distinct categories.
 *
 * <p>Errors: {@link LocalStartException} for a file that cannot be read, has no {@code item_id}, a
 * row of another length, an item twice, or lacks an item of the log.
 */
public final class ItemFeatures {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");
  private static final String ITEM_ID = "item_id";

  private final Path file;
  private final List<String> header;
  private final Map<String, List<String>> rows = new LinkedHashMap<>();

  private ItemFeatures(Path file, List<String> header) {
    this.file = file;
    this.header = header;
  }

  /**
   * The catalogue in the file.
   *
   * @param shown items that must be in it
   */
  public static ItemCatalogue read(Path file, List<String> shown) {
    ItemFeatures features = parse(file);
    for (String item : shown) {
      if (!features.rows.containsKey(item)) {
        throw new LocalStartException(
            "--items " + file + " lacks an item of the log: " + item + "; add its row");
      }
    }
    return features.catalogue();
  }

  private static ItemFeatures parse(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new LocalStartException("--items file cannot be read: " + file, e);
    }
    List<String> header = lines.isEmpty() ? List.of() : split(lines.get(0));
    int id = header.indexOf(ITEM_ID);
    if (id < 0) {
      throw new LocalStartException("--items " + file + " must have a column " + ITEM_ID);
    }
    ItemFeatures features = new ItemFeatures(file, header);
    for (int line = 2; line <= lines.size(); line++) {
      features.add(line, lines.get(line - 1), id);
    }
    if (features.rows.size() < 2) {
      throw new LocalStartException("--items " + file + " must have at least 2 items");
    }
    return features;
  }

  private void add(int line, String text, int id) {
    if (text.isBlank()) {
      return;
    }
    List<String> row = split(text);
    if (row.size() != header.size()) {
      throw new LocalStartException(
          "--items %s line %d must have the %d columns of the header: %d"
              .formatted(file, line, header.size(), row.size()));
    }
    if (rows.put(row.get(id), row) != null) {
      throw new LocalStartException(
          "--items %s line %d names an item a second time: %s".formatted(file, line, row.get(id)));
    }
  }

  private ItemCatalogue catalogue() {
    List<float[]> coordinates = new ArrayList<>();
    for (int column = 0; column < header.size(); column++) {
      if (!header.get(column).isEmpty() && !header.get(column).equals(ITEM_ID)) {
        addColumn(column, coordinates);
      }
    }
    if (coordinates.isEmpty()) {
      throw new LocalStartException("--items " + file + " must have a column with a feature");
    }
    int items = rows.size();
    int dimension = coordinates.size();
    float[] embeddings = new float[items * dimension];
    for (int k = 0; k < dimension; k++) {
      for (int item = 0; item < items; item++) {
        embeddings[item * dimension + k] = coordinates.get(k)[item];
      }
    }
    String version = CatalogueVersion.of(rows.values().toString());
    return new ItemCatalogue(
        version,
        version,
        rows.keySet().toArray(String[]::new),
        PackedEmbeddings.ofRows(embeddings, items, dimension));
  }

  private void addColumn(int column, List<float[]> coordinates) {
    List<String> values = rows.values().stream().map(row -> row.get(column)).toList();
    if (values.stream().allMatch(value -> NUMBER.matcher(value).matches())) {
      coordinates.add(floats(values));
      return;
    }
    for (String category : new TreeSet<>(values)) {
      float[] coordinate = new float[values.size()];
      for (int item = 0; item < coordinate.length; item++) {
        coordinate[item] = values.get(item).equals(category) ? 1 : 0;
      }
      coordinates.add(coordinate);
    }
  }

  private static float[] floats(List<String> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.parseFloat(values.get(i));
    }
    return floats;
  }

  private static List<String> split(String line) {
    return List.of(line.split(",", -1)).stream().map(String::strip).toList();
  }
}
