package hindcast.fuzz;

import hindcast.connectors.catalogue.CatalogueException;
import hindcast.connectors.catalogue.CatalogueFile;
import java.io.IOException;
import java.nio.file.Path;

/** Catalogue files, as they are and with checksums that hold. */
final class CatalogueTarget {
  private CatalogueTarget() {}

  static String outcome(byte[] input) throws IOException {
    byte[] repaired = Checksums.ofCatalogue(input);
    if (!java.util.Arrays.equals(repaired, input)) {
      load(repaired);
    }
    return load(input);
  }

  private static String load(byte[] input) throws IOException {
    Path file = TemporaryFile.of("v1.catalogue", input);
    try {
      CatalogueFile.load(file);
      return FuzzTarget.ACCEPTED;
    } catch (CatalogueException e) {
      FuzzTarget.requireMessage(e.getMessage(), file.toString());
      return e.fault().name();
    }
  }
}
