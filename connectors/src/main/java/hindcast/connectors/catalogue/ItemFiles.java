package hindcast.connectors.catalogue;

import java.io.IOException;
import java.nio.file.Path;

/** Item files by the ending of their name. */
public final class ItemFiles {
  private ItemFiles() {}

  /**
   * A NumPy matrix; its items have the numbers of their rows as ids.
   *
   * @param ids a file with one id a line instead, or null
   */
  public static ItemFile npy(Path file, Path ids) throws IOException {
    return NpyItemFile.open(file, ids);
  }

  /** A csv file with a column of ids and columns of numbers. */
  public static ItemFile csv(Path file) throws IOException {
    return CsvItemFile.open(file);
  }
}
