package hindcast.local.catalogue;

import hindcast.catalogue.ItemCatalogue;
import hindcast.connectors.logs.LogScan;
import hindcast.feedback.Rejection;
import hindcast.local.LocalStartException;
import java.nio.file.Path;

/** The items of a log: with the features of a file, or without any, one unit vector each. */
public final class LogCatalogue {

  private LogCatalogue() {}

  /**
   * The catalogue. That of a log whose every line is refused has one item, {@code none}.
   *
   * @param features file with item features, or null for none
   * @throws LocalStartException if no line is of the log's format
   */
  public static ItemCatalogue of(LogScan scan, Path features) {
    if (scan.items().isEmpty()) {
      requireLinesOfTheFormat(scan);
      return ItemCatalogue.oneHot("empty", new String[] {"none"});
    }
    return features == null
        ? ItemCatalogue.oneHot(
            CatalogueVersion.of(String.join("\n", scan.items())),
            scan.items().toArray(String[]::new))
        : ItemFeatures.read(features, scan.items());
  }

  private static void requireLinesOfTheFormat(LogScan scan) {
    if (scan.rejects().getOrDefault(Rejection.MALFORMED, 0L) == scan.entries()) {
      throw new LocalStartException(
          "the log has no line that can be used: all of its "
              + scan.entries()
              + " lines are malformed; is it of that --format?");
    }
  }
}
