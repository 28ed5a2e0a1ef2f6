package hindcast.connectors.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.IndexState;
import java.util.concurrent.CompletableFuture;

/**
 * A hold on a catalogue that is loaded, and whose indexes are built, in the background ahead of its
 * use. Thread-safe; closing it twice does no harm.
 */
public final class PreparedCatalogue implements AutoCloseable {
  private final CatalogueManifest manifest;
  private final CompletableFuture<CatalogueIndexes> indexes;
  private final Runnable release;
  private boolean closed;

  PreparedCatalogue(
      CatalogueManifest manifest, CompletableFuture<CatalogueIndexes> indexes, Runnable release) {
    this.manifest = manifest;
    this.indexes = indexes;
    this.release = release;
  }

  /** What is prepared. */
  public CatalogueManifest manifest() {
    return manifest;
  }

  /** How far it is: building while it is loaded or any index is built. */
  public IndexState state() {
    if (!indexes.isDone()) {
      return IndexState.BUILDING;
    }
    if (indexes.isCompletedExceptionally()) {
      return IndexState.FAILED;
    }
    IndexState state = indexes.join().state();
    return state == IndexState.NONE ? IndexState.READY : state;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      release.run();
    }
  }
}
