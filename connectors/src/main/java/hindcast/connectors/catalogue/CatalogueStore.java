package hindcast.connectors.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.IndexKind;
import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.connectors.catalogue.CatalogueException.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The catalogues of this process: each file is loaded once, verified, and shared by all slots and
 * across restarts of a job.
 *
 * <p>The life of a version: the first {@link #acquire} loads it, on a thread of the store, so that
 * a caller that is interrupted spoils it for nobody; all who want it wait for the same load. It
 * stays while anybody holds a {@link Lease}. Once nobody does, it is freed at once if another
 * version is held, and otherwise after a pause, long enough for a job to restart without loading it
 * again. A load that fails is forgotten, frees nothing, and the next one tries again.
 *
 * <p>Thread-safe.
 */
public final class CatalogueStore {
  private static final CatalogueStore OF_PROCESS = new CatalogueStore(Duration.ofMinutes(2));

  private final Map<String, Entry> entries = new HashMap<>();
  private final long pauseMillis;
  private final ScheduledThreadPoolExecutor timer;

  /** What all holders share. */
  private record Shared(ItemCatalogue catalogue, CatalogueIndexes indexes) {
    static Shared load(CatalogueManifest manifest) throws IOException {
      LoadedCatalogue loaded = CatalogueFile.load(manifest);
      return new Shared(
          loaded.catalogue(),
          new CatalogueIndexes(
              loaded.catalogue().embeddings(), loaded.partition(), new IndexFiles(manifest)));
    }
  }

  private static final class Entry {
    private final CompletableFuture<Shared> loading = new CompletableFuture<>();
    private int holders;
    private int releases;
  }

  /** A hold on a shared catalogue; closing it twice does no harm. */
  public final class Lease implements AutoCloseable {
    private final String sha256;
    private final Entry entry;
    private final Shared loaded;
    private boolean closed;

    private Lease(String sha256, Entry entry, Shared loaded) {
      this.sha256 = sha256;
      this.entry = entry;
      this.loaded = loaded;
    }

    /** The shared catalogue. */
    public ItemCatalogue catalogue() {
      return loaded.catalogue();
    }

    /** The shared indexes over it, each prepared, read from a file or built when asked for. */
    public CatalogueIndexes indexes() {
      return loaded.indexes();
    }

    @Override
    public void close() {
      synchronized (CatalogueStore.this) {
        if (!closed) {
          closed = true;
          release(sha256, entry);
        }
      }
    }
  }

  /**
   * A store of its own.
   *
   * @param pause how long a catalogue nobody holds stays when no other is held
   */
  public CatalogueStore(Duration pause) {
    pauseMillis = pause.toMillis();
    timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "hindcast-catalogue-store"));
    timer.setKeepAliveTime(1, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
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
    String sha256 = manifest.getSha256();
    Entry entry = hold(manifest);
    boolean usable = false;
    try {
      Shared loaded = result(entry);
      CatalogueFile.requireMatch(manifest, loaded.catalogue());
      usable = true;
      return new Lease(sha256, entry, loaded);
    } finally {
      if (!usable) {
        release(sha256, entry);
      }
    }
  }

  /**
   * Loads a catalogue in the background and has its indexes built there, so that who needs them
   * later need not wait, or not as long.
   *
   * @param kinds which indexes are needed of vectors
   * @return a hold on it; closing it leaves it, whatever is still going on
   */
  public PreparedCatalogue prepare(
      CatalogueManifest manifest, Function<ItemEmbeddings, Set<IndexKind>> kinds) {
    Entry entry = hold(manifest);
    CompletableFuture<CatalogueIndexes> indexes =
        entry.loading.thenApply(
            loaded -> {
              kinds
                  .apply(loaded.catalogue().embeddings())
                  .forEach(kind -> loaded.indexes().prepare(kind, CatalogueStore::inBackground));
              return loaded.indexes();
            });
    return new PreparedCatalogue(manifest, indexes, () -> release(manifest.getSha256(), entry));
  }

  static void inBackground(Runnable build) {
    daemon(build, "hindcast-catalogue-index").start();
  }

  /** How many catalogues are in memory or being loaded. */
  public synchronized int loaded() {
    return entries.size();
  }

  private synchronized Entry hold(CatalogueManifest manifest) {
    Entry entry = entries.get(manifest.getSha256());
    if (entry == null) {
      Entry begun = new Entry();
      entry = begun;
      entries.put(manifest.getSha256(), entry);
      daemon(() -> load(manifest, begun), "hindcast-catalogue-load").start();
    }
    entry.holders++;
    return entry;
  }

  private void load(CatalogueManifest manifest, Entry entry) {
    try {
      Shared loaded = Shared.load(manifest);
      synchronized (this) {
        entries.values().removeIf(other -> other != entry && isUnused(other));
        entry.loading.complete(loaded);
        freeIfUnused(manifest.getSha256(), entry);
      }
    } catch (CatalogueException | RuntimeException e) {
      fail(manifest, entry, e);
    } catch (IOException e) {
      fail(
          manifest,
          entry,
          new CatalogueException(
              Fault.MISSING, "catalogue file cannot be read: " + manifest.getLocation(), e));
    } catch (OutOfMemoryError e) {
      fail(
          manifest,
          entry,
          new CatalogueException(
              Fault.TOO_LARGE,
              "catalogue of %d x %d must fit into the heap: give the process more memory for %s"
                  .formatted(manifest.getCount(), manifest.getDimension(), manifest.getLocation()),
              e));
    }
  }

  private synchronized void fail(CatalogueManifest manifest, Entry entry, Exception cause) {
    entries.remove(manifest.getSha256(), entry);
    entry.loading.completeExceptionally(cause);
  }

  private synchronized void release(String sha256, Entry entry) {
    entry.holders--;
    entry.releases++;
    freeIfUnused(sha256, entry);
  }

  private void freeIfUnused(String sha256, Entry entry) {
    if (!isUnused(entry)) {
      return;
    }
    if (entries.values().stream().anyMatch(other -> other.holders > 0)) {
      entries.remove(sha256, entry);
      return;
    }
    int release = entry.releases;
    Future<?> unused =
        timer.schedule(
            () -> freeAfterPause(sha256, entry, release), pauseMillis, TimeUnit.MILLISECONDS);
  }

  private synchronized void freeAfterPause(String sha256, Entry entry, int release) {
    if (isUnused(entry) && entry.releases == release) {
      entries.remove(sha256, entry);
    }
  }

  private static boolean isUnused(Entry entry) {
    return entry.holders == 0 && entry.loading.isDone();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private static Shared result(Entry entry) throws IOException {
    try {
      return entry.loading.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a catalogue was loaded", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CatalogueException cause) {
        throw new CatalogueException(cause.fault(), cause.getMessage(), cause);
      }
      throw new IOException("catalogue could not be loaded: " + e.getCause(), e.getCause());
    }
  }
}
