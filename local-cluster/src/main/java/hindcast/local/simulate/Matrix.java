package hindcast.local.simulate;

import hindcast.connectors.logs.LineReader;
import hindcast.local.LocalStartException;
import hindcast.local.LogFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A matrix as text: a row a line, finite numbers between spaces.
 *
 * @param rows all of one length, at least 1
 */
record Matrix(float[][] rows) {
  /**
   * Reads a file, plain or compressed.
   *
   * @param option what it was given to
   */
  static Matrix read(String option, Path file) {
    LogFiles.requireReadable(option, file);
    List<float[]> rows = new ArrayList<>();
    try (LineReader reader = LineReader.open(file)) {
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        String text = new String(line, StandardCharsets.UTF_8).strip();
        if (!text.isEmpty()) {
          rows.add(row(option, file, reader.lines(), text.split("\\s+")));
        }
      }
    } catch (IOException e) {
      throw new LocalStartException(option + ": " + e.getMessage(), e);
    }
    for (int k = 0; k < rows.size(); k++) {
      if (rows.get(k).length != rows.get(0).length) {
        throw new LocalStartException(
            "%s %s: row %d must have %d numbers as the first: %d"
                .formatted(option, file, k + 1, rows.get(0).length, rows.get(k).length));
      }
    }
    if (rows.isEmpty()) {
      throw new LocalStartException(option + " " + file + " must have rows: it is empty");
    }
    return new Matrix(rows.toArray(float[][]::new));
  }

  private static float[] row(String option, Path file, long line, String[] texts) {
    float[] row = new float[texts.length];
    for (int k = 0; k < row.length; k++) {
      try {
        row[k] = Float.parseFloat(texts[k]);
      } catch (NumberFormatException e) {
        row[k] = Float.NaN;
      }
      if (!Float.isFinite(row[k])) {
        throw new LocalStartException(
            "%s %s line %d: value %d must be a finite number: %s"
                .formatted(option, file, line, k + 1, texts[k]));
      }
    }
    return row;
  }

  int count() {
    return rows.length;
  }

  int width() {
    return rows[0].length;
  }

  float at(int row, int column) {
    return rows[row][column];
  }

  void requireShape(String option, int expectedRows, int expectedWidth) {
    if (count() != expectedRows || (expectedWidth > 0 && width() != expectedWidth)) {
      throw new LocalStartException(
          "%s must have %d rows%s: it has %d x %d"
              .formatted(
                  option,
                  expectedRows,
                  expectedWidth > 0 ? " of " + expectedWidth : "",
                  count(),
                  width()));
    }
  }
}
