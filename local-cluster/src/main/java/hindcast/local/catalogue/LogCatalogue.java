package hindcast.local.catalogue;

import hindcast.catalogue.ItemCatalogue;
import hindcast.connectors.logs.LogScan;
import hindcast.local.LocalStartException;
import java.nio.file.Path;

/** The items of a log: with the features of a file, or without any, one unit vector each. */
public final class LogCatalogue {

  private LogCatalogue() {}

  /**
   * The catalogue.
   *
   * @param features file with item features, or null for none
   */
  public static ItemCatalogue of(LogScan scan, Path features) {
    if (scan.items().isEmpty()) {
      throw new LocalStartException("the log has no line that can be used");
    }
    return features == null
        ? ItemCatalogue.oneHot(
            CatalogueVersion.of(String.join("\n", scan.items())),
            scan.items().toArray(String[]::new))
        : ItemFeatures.read(features, scan.items());
  }
}
