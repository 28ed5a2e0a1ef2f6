package hindcast.local.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.ItemCatalogue;
import hindcast.connectors.catalogue.CatalogueFile;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a catalogue that holds from the beginning of time. */
public final class PublishedCatalogue {

  private PublishedCatalogue() {}

  /** Writes the file, named by the catalogue's version, into the folder. */
  public static CatalogueManifest write(Path folder, ItemCatalogue catalogue) throws IOException {
    return CatalogueFile.write(
        folder.resolve(catalogue.version() + CatalogueFolder.ENDING), catalogue, 0);
  }
}
