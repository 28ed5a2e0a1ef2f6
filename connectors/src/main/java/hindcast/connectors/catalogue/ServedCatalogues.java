package hindcast.connectors.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.HnswIndex;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.LiveCatalogue;
import hindcast.catalogue.LiveIndex;
import hindcast.catalogue.LiveIndexSettings;
import hindcast.catalogue.MaximumInnerProductIndex;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Top-K search for serving, one {@link LiveCatalogue} for each embedding space. The first version
 * of a space brings its graph, read from beside its file or built; later ones add and remove what
 * they differ in, and the graph is built anew in the background when it has become stale.
 * Thread-safe.
 */
public final class ServedCatalogues implements AutoCloseable {
  private record Served(CatalogueStore.Lease lease, LiveCatalogue live) {}

  private final CatalogueStore store;
  private final LiveIndexSettings settings;
  private final Map<String, Served> bySpace = new HashMap<>();

  /** Serves catalogues of a store. */
  public ServedCatalogues(CatalogueStore store, LiveIndexSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  /**
   * The search over its embedding space, which has changed to the catalogue of this manifest.
   *
   * @throws IOException if it cannot be loaded; then the version before it is served on
   */
  public synchronized LiveCatalogue serve(CatalogueManifest manifest) throws IOException {
    CatalogueStore.Lease lease = store.acquire(manifest);
    Served before = bySpace.get(manifest.getEmbeddingSpace());
    LiveCatalogue live = null;
    try {
      if (before == null) {
        live =
            new LiveCatalogue(
                lease.catalogue(), new Graphs(lease), settings, CatalogueStore::inBackground);
      } else {
        before.live().follow(lease.catalogue());
        live = before.live();
      }
      bySpace.put(manifest.getEmbeddingSpace(), new Served(lease, live));
      return live;
    } finally {
      CatalogueStore.Lease left = live == null ? lease : before == null ? null : before.lease();
      if (left != null) {
        left.close();
      }
    }
  }

  /** The graph of the first version as it is, later ones built with half of the processors. */
  private record Graphs(CatalogueStore.Lease first) implements LiveIndex.Builder {
    @Override
    public MaximumInnerProductIndex build(ItemEmbeddings embeddings) {
      return embeddings == first.catalogue().embeddings()
          ? first.indexes().hnsw()
          : HnswIndex.builder(embeddings).threads(IndexFiles.threads()).build();
    }
  }

  @Override
  public synchronized void close() {
    bySpace.values().forEach(served -> served.lease().close());
    bySpace.clear();
  }
}
