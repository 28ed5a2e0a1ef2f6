package hindcast.connectors.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * Items from a csv file: one item a line, {@code id,f1,...,fL}.
 *
 * <p>The first line is a header if it names a column {@code item_id} or {@code id}, which then
 * holds the ids wherever it stands; columns without a name are not read. Without a header the first
 * column holds the ids. Every other column is one dimension, a finite number on every line.
 */
final class CsvItemFile implements ItemFile {
  private static final int BUFFER = 1 << 16;
  private static final int REPORT_EVERY = 1 << 12;

  private final Path path;
  private final CsvParser parser;
  private final int count;
  private final int columns;
  private final int idColumn;
  private final int[] featureColumns;
  private final int[] lines;
  private final List<String> row = new ArrayList<>();
  private boolean ended;
  private int line;

  private CsvItemFile(Path path, CsvParser parser, int filledLines) throws IOException {
    this.path = path;
    this.parser = parser;
    if (!next()) {
      throw new IOException(path + ": must have items: it is empty");
    }
    List<String> header = List.copyOf(row);
    int named = header.contains("item_id") ? header.indexOf("item_id") : header.indexOf("id");
    idColumn = Math.max(0, named);
    columns = header.size();
    featureColumns =
        IntStream.range(0, columns)
            .filter(c -> c != idColumn && (named < 0 || !header.get(c).isEmpty()))
            .toArray();
    count = Math.min(filledLines - (named >= 0 ? 1 : 0), mostRows(path, columns));
    lines = new int[Math.max(0, count) + 1];
    if (named >= 0) {
      next();
    }
  }

  static CsvItemFile open(Path path) throws IOException {
    int filledLines = filledLines(path);
    CsvParser parser = parser(path);
    try {
      return new CsvItemFile(path, parser, filledLines);
    } catch (IOException | RuntimeException e) {
      parser.close();
      throw e;
    }
  }

  private static CsvParser parser(Path path) throws IOException {
    try {
      CsvParser parser =
          new CsvFactory()
              .enable(CsvParser.Feature.TRIM_SPACES)
              .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
              .createParser(path.toFile());
      parser.setSchema(CsvSchema.emptySchema());
      return parser;
    } catch (CharConversionException e) {
      throw new IOException("%s: is no text: %s".formatted(path, e.getMessage()), e);
    }
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int dimension() {
    return featureColumns.length;
  }

  @Override
  public String place(int item) {
    return "line " + lines[item];
  }

  @Override
  public void readInto(PackedItems items, DoubleConsumer progress) throws IOException {
    for (int item = 0; !ended; item++) {
      lines[item] = line;
      if (row.size() != columns) {
        throw wrong(item, "must have " + columns + " columns", row.size());
      }
      addId(items, item, row.get(idColumn));
      for (int l = 0; l < featureColumns.length; l++) {
        items.set(item, l, number(item, featureColumns[l]));
      }
      if (item % REPORT_EVERY == 0) {
        progress.accept((double) item / count);
      }
      next();
    }
    progress.accept(1);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  private float number(int item, int column) throws IOException {
    String text = row.get(column);
    try {
      float value = Float.parseFloat(text);
      if (Float.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below like what is not finite.
    }
    throw wrong(item, "column " + (column + 1) + " must be a finite number", "'" + text + "'");
  }

  /** Goes to the next row; false at the end. */
  private boolean next() throws IOException {
    row.clear();
    try {
      ended = parser.nextToken() == null;
      while (!ended && parser.nextToken() != JsonToken.END_ARRAY) {
        line = row.isEmpty() ? parser.currentTokenLocation().getLineNr() : line;
        row.add(parser.getText());
      }
      return !ended;
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: line %d is no csv: %s".formatted(path, line + 1, e.getOriginalMessage()), e);
    } catch (CharConversionException e) {
      throw new IOException(
          "%s: line %d or one soon behind it is no text: %s"
              .formatted(path, line + 1, e.getMessage()),
          e);
    }
  }

  /** Rows that fit into the file: each value takes at least one byte, and one to its end. */
  private static int mostRows(Path path, int columns) throws IOException {
    return (int) Math.min(Integer.MAX_VALUE - 8, (Files.size(path) + 1) / (2L * columns));
  }

  /** Lines with anything on them: as many as rows, or more where a quoted field spans lines. */
  private static int filledLines(Path path) throws IOException {
    long lines = 0;
    boolean filled = false;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          boolean lineBreak = buffer[i] == '\n' || buffer[i] == '\r';
          lines += lineBreak && filled ? 1 : 0;
          filled = !lineBreak;
        }
      }
    }
    return Math.toIntExact(Math.min(Integer.MAX_VALUE - 8, lines + (filled ? 1 : 0)));
  }
}
