package hindcast.connectors.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.ItemCatalogue;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The catalogues of this process: each file is loaded once, verified, and shared by all slots and
 * across restarts of a job. A catalogue nobody holds any more stays until another one is loaded.
 *
 * <p>Thread-safe. Whoever asks first loads, outside the lock; others who want the same wait for it,
 * and nobody else waits. A failed load is forgotten, so that the next one tries again.
 */
public final class CatalogueStore {
  private static final CatalogueStore OF_PROCESS = new CatalogueStore();

  private final Map<String, Entry> entries = new HashMap<>();

  private static final class Entry {
    private final FutureTask<ItemCatalogue> loading;
    private CatalogueIndexes indexes;
    private int holders;

    Entry(Callable<ItemCatalogue> load) {
      this.loading = new FutureTask<>(load);
    }
  }

  /** A hold on a shared catalogue; closing it twice does no harm. */
  public final class Lease implements AutoCloseable {
    private final Entry entry;
    private final ItemCatalogue catalogue;
    private boolean closed;

    private Lease(Entry entry, ItemCatalogue catalogue) {
      this.entry = entry;
      this.catalogue = catalogue;
    }

    /** The shared catalogue. */
    public ItemCatalogue catalogue() {
      return catalogue;
    }

    /** The shared indexes over it, each built the first time it is asked for. */
    public CatalogueIndexes indexes() {
      synchronized (entry) {
        if (entry.indexes == null) {
          entry.indexes = new CatalogueIndexes(catalogue.embeddings());
        }
        return entry.indexes;
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
   * @throws IOException if it cannot be loaded, or is not what the manifest says; what is held
   *     stays as it is
   */
  public Lease acquire(CatalogueManifest manifest) throws IOException {
    Entry entry = hold(manifest);
    boolean usable = false;
    boolean loaded = false;
    try {
      entry.loading.run();
      ItemCatalogue catalogue = result(entry);
      loaded = true;
      CatalogueFile.requireMatch(manifest, catalogue);
      usable = true;
      return new Lease(entry, catalogue);
    } finally {
      if (!usable) {
        release(manifest, entry, loaded);
      }
    }
  }

  /** How many catalogues are in memory. */
  public synchronized int loaded() {
    return entries.size();
  }

  private synchronized Entry hold(CatalogueManifest manifest) {
    Entry entry = entries.get(manifest.getSha256());
    if (entry == null) {
      entry = new Entry(() -> CatalogueFile.read(manifest));
      entries.values().removeIf(unused -> unused.holders == 0);
      entries.put(manifest.getSha256(), entry);
    }
    entry.holders++;
    return entry;
  }

  private synchronized void release(CatalogueManifest manifest, Entry entry, boolean loaded) {
    entry.holders--;
    if (!loaded) {
      entries.remove(manifest.getSha256(), entry);
    }
  }

  private static ItemCatalogue result(Entry entry) throws IOException {
    try {
      return entry.loading.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a catalogue was loaded", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException("catalogue could not be loaded: " + e.getCause(), e.getCause());
    }
  }
}
