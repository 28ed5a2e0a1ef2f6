package hindcast.jobs.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.ItemCatalogue;
import hindcast.connectors.catalogue.CatalogueStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What one operator subtask holds of the process's catalogues, until it is closed. */
public final class SharedCatalogue implements AutoCloseable {
  private final Map<String, CatalogueStore.Lease> leases = new HashMap<>();

  /** The catalogue a manifest names. */
  public ItemCatalogue get(CatalogueManifest manifest) throws IOException {
    return lease(manifest).catalogue();
  }

  /** The indexes over the catalogue a manifest names. */
  public CatalogueIndexes indexes(CatalogueManifest manifest) throws IOException {
    return lease(manifest).indexes();
  }

  private CatalogueStore.Lease lease(CatalogueManifest manifest) throws IOException {
    CatalogueStore.Lease lease = leases.get(manifest.getSha256());
    if (lease == null) {
      lease = CatalogueStore.ofProcess().acquire(manifest);
      leases.put(manifest.getSha256(), lease);
    }
    return lease;
  }

  @Override
  public void close() {
    leases.values().forEach(CatalogueStore.Lease::close);
    leases.clear();
  }
}
