package hindcast.local.simulate;

import hindcast.connectors.logs.LineReader;
import hindcast.local.LocalStartException;
import hindcast.local.LogFiles;
import hindcast.simulation.LabelledRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file of labelled rows. The first line is a header if the label is named, or if none of its
 * other cells is a number.
 *
 * <p>Errors: {@link LocalStartException} for a file that cannot be read, a column that is not
 * there, and whatever {@link LabelledRows} refuses.
 */
final class LabelledFile {
  private static final Pattern NUMBER =
      Pattern.compile("\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?\\s*");

  private LabelledFile() {}

  static LabelledRows read(Path file, String label) {
    LogFiles.requireReadable("--from-labels", file);
    List<String> lines = new ArrayList<>();
    try (LineReader reader = LineReader.open(file)) {
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        if (line.length > 0) {
          lines.add(new String(line, StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      throw new LocalStartException("--from-labels: " + e.getMessage(), e);
    }
    if (lines.isEmpty()) {
      throw new LocalStartException("--from-labels " + file + " must have rows: it is empty");
    }
    String[] first = lines.get(0).split(",", -1);
    int column = column(file, label, first);
    boolean named = !isPlace(label);
    try {
      return LabelledRows.parse(
          named || isHeader(first, column) ? lines.subList(1, lines.size()) : lines, column);
    } catch (IllegalArgumentException e) {
      throw new LocalStartException(
          "--from-labels " + file + ": " + e.getMessage() + "; is --label the label's column?", e);
    }
  }

  private static boolean isPlace(String label) {
    return label.equals("first") || label.equals("last") || label.matches("[1-9][0-9]{0,6}");
  }

  private static int column(Path file, String label, String[] first) {
    if (label.equals("first")) {
      return 0;
    }
    if (label.equals("last")) {
      return -1;
    }
    int column =
        isPlace(label)
            ? Integer.parseInt(label) - 1
            : Arrays.stream(first).map(String::strip).toList().indexOf(label);
    if (column < 0 || column >= first.length) {
      throw new LocalStartException(
          "--label must be first, last, a column from 1 to "
              + first.length
              + " or one of the first line of "
              + file
              + ": "
              + label);
    }
    return column;
  }

  private static boolean isHeader(String[] cells, int column) {
    int label = column < 0 ? cells.length - 1 : column;
    for (int k = 0; k < cells.length; k++) {
      if (k != label && NUMBER.matcher(cells[k]).matches()) {
        return false;
      }
    }
    return true;
  }
}
