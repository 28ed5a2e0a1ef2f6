package hindcast.local.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.PartitionIndex;
import hindcast.connectors.catalogue.CatalogueFile;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a catalogue that holds from the beginning of time. */
public final class PublishedCatalogue {

  private PublishedCatalogue() {}

  /**
   * Writes the file, named by the catalogue's version, into the folder; a large catalogue in the
   * order of its partition.
   */
  public static CatalogueManifest write(Path folder, ItemCatalogue catalogue) throws IOException {
    PartitionIndex partition =
        CatalogueIndexes.isForPartition(catalogue.embeddings())
            ? PartitionIndex.builder(catalogue.embeddings()).build()
            : null;
    return CatalogueFile.write(
        folder.resolve(catalogue.version() + ".catalogue"), catalogue, partition, 0);
  }
}
