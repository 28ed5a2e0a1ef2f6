package hindcast.connectors.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.HnswIndex;
import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.MaximumInnerProductIndex;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The catalogues of this process: each file is loaded once, verified, and shared by all slots and
 * across restarts of a job. A catalogue nobody holds any more stays until another one is loaded.
 *
 * <p>Thread-safe; loading happens under the lock, so that nobody loads twice.
 */
public final class CatalogueStore {
  private static final CatalogueStore OF_PROCESS = new CatalogueStore();

  private final Map<String, Entry> entries = new HashMap<>();

  private static final class Entry {
    private final ItemCatalogue catalogue;
    private MaximumInnerProductIndex index;
    private int holders;

    Entry(ItemCatalogue catalogue) {
      this.catalogue = catalogue;
    }
  }

  /** A hold on a shared catalogue; closing it twice does no harm. */
  public final class Lease implements AutoCloseable {
    private final Entry entry;
    private boolean closed;

    private Lease(Entry entry) {
      this.entry = entry;
    }

    /** The shared catalogue. */
    public ItemCatalogue catalogue() {
      return entry.catalogue;
    }

    /** The shared HNSW index over it, built the first time it is asked for. */
    public MaximumInnerProductIndex index() {
      synchronized (entry) {
        if (entry.index == null) {
          entry.index = new HnswIndex(entry.catalogue.embeddings());
        }
        return entry.index;
      }
    }

    @Override
    public void close() {
      synchronized (CatalogueStore.this) {
        if (!closed) {
          closed = true;
          entry.holders--;
        }
      }
    }
  }

  /** The store of this process. */
  public static CatalogueStore ofProcess() {
    return OF_PROCESS;
  }

  /**
   * Holds the catalogue a manifest names, loading it if it is not here yet.
   *
   * @throws IOException if it cannot be loaded; what is held stays as it is
   */
  public synchronized Lease acquire(CatalogueManifest manifest) throws IOException {
    Entry entry = entries.get(manifest.getSha256());
    if (entry == null) {
      entry = new Entry(CatalogueFile.read(manifest));
      entries.values().removeIf(unused -> unused.holders == 0);
      entries.put(manifest.getSha256(), entry);
    }
    entry.holders++;
    return new Lease(entry);
  }

  /** How many catalogues are in memory. */
  public synchronized int loaded() {
    return entries.size();
  }
}
