package hindcast.connectors.logs;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * The rows of a binary file: values by the name of their column in lower case without underscores,
 * as {@link String}, {@link Long}, {@link Double}, {@link Boolean}, {@code byte[]}, {@link
 * java.util.List} of values or {@link Map} of values by name; null where there is none. Times are
 * microseconds since 1970. Only columns that were asked for are read.
 */
interface RowFile extends Closeable {
  /** Columns that are there, of those asked for. */
  Set<String> columns();

  /** The next row, or null at the end. */
  Map<String, Object> next() throws IOException;

  /** Leaves out so many rows. */
  void skip(long rows) throws IOException;

  /** What a column is called here. */
  static String plain(String name) {
    return name.replace("_", "").toLowerCase(java.util.Locale.ROOT);
  }
}
