package hindcast.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table of what a statistics test measured, as Markdown under {@code target/statistics}. */
public final class MeasuredTable {
  private final String name;
  private final StringBuilder text = new StringBuilder();

  /** An empty table; the name is that of its file. */
  public MeasuredTable(String name, String... columns) {
    this.name = name;
    row((Object[]) columns);
    row(Arrays.stream(columns).map(c -> (Object) "---").toArray());
  }

  /** Appends a row; numbers with three significant digits, whole ones as they are. */
  public void row(Object... cells) {
    text.append(
            Arrays.stream(cells)
                .map(MeasuredTable::cell)
                .collect(Collectors.joining(" | ", "| ", " |")))
        .append('\n');
  }

  private static String cell(Object value) {
    return value instanceof Double d ? String.format(Locale.ROOT, "%.3g", d) : value.toString();
  }

  /** Writes the file. */
  public void write() {
    try {
      Path folder = Files.createDirectories(Path.of("target", "statistics"));
      Files.writeString(folder.resolve(name + ".md"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
