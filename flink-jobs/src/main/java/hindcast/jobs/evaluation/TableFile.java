package hindcast.jobs.evaluation;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A policy as a CSV file. The first line names the columns; other columns are ignored.
 *
 * <ul>
 *   <li>wide: {@code item_id}, and {@code position_S} or {@code segment_S} with the probability of
 *       the item in segment S, one column for each segment;
 *   <li>long: {@code item_id, segment, probability}.
 * </ul>
 *
 * <p>Probabilities are in [0, 1]; an item that is missing has probability 0. Rows need not add up
 * to 1 over the items.
 */
public final class TableFile {
  private static final String ITEM = "item_id";
  private static final String SEGMENT = "segment";
  private static final String PROBABILITY = "probability";
  private static final List<String> SEGMENT_PREFIXES = List.of("position_", "segment_");

  private TableFile() {}

  /**
   * Reads a table: item to segment to probability.
   *
   * @throws UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if it is no table, with file and line
   */
  public static Map<String, Map<String, Double>> read(Path file) {
    Map<String, Map<String, Double>> table = new HashMap<>();
    try (BufferedReader reader = Files.newBufferedReader(file);
        MappingIterator<String[]> rows =
            new CsvMapper()
                .readerFor(String[].class)
                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                .with(CsvParser.Feature.SKIP_EMPTY_LINES)
                .readValues(reader)) {
      if (!rows.hasNextValue()) {
        throw new IllegalArgumentException(file + ": a table needs a header line: it is empty");
      }
      Columns columns = new Columns(file, rows.nextValue());
      while (rows.hasNextValue()) {
        String[] row = rows.nextValue();
        columns.add(row, rows.getCurrentLocation().getLineNr() - 1, table);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("table " + file + " cannot be read: " + e.getMessage(), e);
    }
    return table;
  }

  private static final class Columns {
    private final Path file;
    private final String[] header;
    private final int item;
    private final int segment;
    private final int probability;

    Columns(Path file, String[] header) {
      this.file = file;
      this.header = header;
      List<String> names = Arrays.asList(header);
      this.item = names.indexOf(ITEM);
      this.segment = names.indexOf(SEGMENT);
      this.probability = names.indexOf(PROBABILITY);
      boolean wide = names.stream().anyMatch(name -> segmentOf(name) != null);
      boolean tall = segment >= 0 && probability >= 0;
      if (item < 0 || wide == tall) {
        throw new IllegalArgumentException(
            file
                + ": a table needs the columns item_id and either position_S/segment_S for each"
                + " segment or segment and probability: it has "
                + names);
      }
    }

    void add(String[] row, long line, Map<String, Map<String, Double>> table) {
      if (row.length != header.length) {
        throw problem(line, "must have " + header.length + " fields: " + row.length);
      }
      Map<String, Double> bySegment = table.computeIfAbsent(row[item], name -> new HashMap<>());
      if (segment >= 0) {
        put(bySegment, row[item], row[segment], row[probability], line);
        return;
      }
      for (int column = 0; column < header.length; column++) {
        String name = segmentOf(header[column]);
        if (name != null) {
          put(bySegment, row[item], name, row[column], line);
        }
      }
    }

    private void put(
        Map<String, Double> bySegment, String itemId, String segmentName, String text, long line) {
      double value;
      try {
        value = Double.parseDouble(text.trim());
      } catch (NumberFormatException e) {
        value = Double.NaN;
      }
      if (!(value >= 0 && value <= 1)) {
        throw problem(line, "probability must be a number in [0, 1]: " + text);
      }
      if (bySegment.put(segmentName, value) != null) {
        throw problem(line, "item " + itemId + " must appear once in segment " + segmentName);
      }
    }

    private IllegalArgumentException problem(long line, String rule) {
      return new IllegalArgumentException(file + ": line " + line + ": " + rule);
    }

    private static String segmentOf(String name) {
      return SEGMENT_PREFIXES.stream()
          .filter(name::startsWith)
          .findFirst()
          .map(prefix -> name.substring(prefix.length()))
          .orElse(null);
    }
  }
}
