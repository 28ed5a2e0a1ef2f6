package hindcast.connectors.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Item vectors from a csv file: one item a line, {@code id,f1,...,fL}.
 *
 * <p>The first line is a header if it names a column {@code id} or {@code item_id}, which then
 * holds the ids wherever it stands; columns without a name are not read. Without a header the first
 * column holds the ids. A column of numbers is one dimension. A column with anything else is a
 * category: one dimension for each value it takes, in the order of strings, 1 where the item has
 * it.
 *
 * <p>Errors: {@link IOException} that names the line.
 */
final class CsvItems {
  private final Path file;
  private final List<String[]> rows;
  private final int firstRow;
  private final int idColumn;
  private final List<Integer> featureColumns = new ArrayList<>();

  private CsvItems(Path file, List<String[]> rows) throws IOException {
    this.file = file;
    this.rows = rows;
    if (rows.isEmpty()) {
      throw new IOException("item file must have items: " + file + " is empty");
    }
    List<String> header = Arrays.asList(rows.get(0));
    int named = header.contains("item_id") ? header.indexOf("item_id") : header.indexOf("id");
    firstRow = named >= 0 ? 1 : 0;
    idColumn = Math.max(0, named);
    for (int column = 0; column < header.size(); column++) {
      if (column != idColumn && (named < 0 || !header.get(column).isEmpty())) {
        featureColumns.add(column);
      }
    }
    checkRows(header.size());
  }

  static ItemTable read(Path file) throws IOException {
    ObjectReader csv =
        new CsvMapper()
            .readerFor(String[].class)
            .with(CsvParser.Feature.WRAP_AS_ARRAY)
            .with(CsvParser.Feature.TRIM_SPACES)
            .with(CsvParser.Feature.SKIP_EMPTY_LINES);
    try (MappingIterator<String[]> lines = csv.readValues(file.toFile())) {
      return new CsvItems(file, lines.readAll()).table();
    } catch (JsonProcessingException e) {
      throw new IOException("item file cannot be read: " + file + ": " + e.getOriginalMessage(), e);
    }
  }

  private void checkRows(int columns) throws IOException {
    Set<String> seen = new HashSet<>();
    for (int row = firstRow; row < rows.size(); row++) {
      String[] fields = rows.get(row);
      if (fields.length != columns) {
        throw fault(row, "must have " + columns + " columns: " + fields.length);
      }
      String id = fields[idColumn];
      if (id.isEmpty() || !seen.add(id)) {
        throw fault(row, "must have an id of its own: '" + id + "'");
      }
    }
    if (seen.isEmpty() || featureColumns.isEmpty()) {
      throw new IOException("item file must have items with features: " + file);
    }
  }

  private ItemTable table() throws IOException {
    int count = rows.size() - firstRow;
    List<float[]> dimensions = new ArrayList<>();
    for (int column : featureColumns) {
      float[] numbers = numbers(column);
      if (numbers != null) {
        dimensions.add(numbers);
      } else {
        dimensions.addAll(indicators(column));
      }
    }
    String[] ids = new String[count];
    float[] vectors = new float[Math.multiplyExact(count, dimensions.size())];
    for (int item = 0; item < count; item++) {
      ids[item] = rows.get(firstRow + item)[idColumn];
      for (int l = 0; l < dimensions.size(); l++) {
        vectors[item * dimensions.size() + l] = dimensions.get(l)[item];
      }
    }
    return new ItemTable(ids, dimensions.size(), vectors);
  }

  /** The numbers of a column, or null if it holds anything else. */
  private float[] numbers(int column) throws IOException {
    float[] numbers = new float[rows.size() - firstRow];
    for (int item = 0; item < numbers.length; item++) {
      String text = rows.get(firstRow + item)[column];
      if (text.isEmpty()) {
        throw fault(firstRow + item, "must have a value in column " + (column + 1));
      }
      try {
        numbers[item] = Float.parseFloat(text);
      } catch (NumberFormatException e) {
        return null;
      }
      if (!Float.isFinite(numbers[item])) {
        throw fault(firstRow + item, "must have finite numbers: " + text);
      }
    }
    return numbers;
  }

  private List<float[]> indicators(int column) {
    List<String> values =
        rows.subList(firstRow, rows.size()).stream().map(row -> row[column]).toList();
    List<float[]> indicators = new ArrayList<>();
    for (String category : new TreeSet<>(values)) {
      float[] indicator = new float[values.size()];
      for (int item = 0; item < indicator.length; item++) {
        indicator[item] = values.get(item).equals(category) ? 1 : 0;
      }
      indicators.add(indicator);
    }
    return indicators;
  }

  private IOException fault(int row, String rule) {
    return new IOException("line " + (row + 1) + " of item file " + file + " " + rule);
  }
}
