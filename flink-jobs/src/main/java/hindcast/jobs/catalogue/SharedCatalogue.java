package hindcast.jobs.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.ItemCatalogue;
import hindcast.connectors.catalogue.CatalogueException;
import hindcast.connectors.catalogue.CatalogueStore;
import hindcast.jobs.state.CatalogueManifests;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one operator subtask holds of the process's catalogues.
 *
 * <p>A version whose file is missing, broken or not what its manifest says is refused: logged,
 * counted in {@code hindcast.refusedCatalogues}, and the version before it stays in force. It is
 * tried again when its manifest is announced again and after a restart. Only a subtask without any
 * version it can use fails.
 */
public final class SharedCatalogue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedCatalogue.class);

  private final CatalogueStore store;
  private final Map<CatalogueManifest, CatalogueStore.Lease> leases = new HashMap<>();
  private final Set<CatalogueManifest> refused = new HashSet<>();
  private long refusals;

  /** Holds catalogues of the process's store. */
  public SharedCatalogue(MetricGroup operatorMetrics) {
    this(operatorMetrics, CatalogueStore.ofProcess());
  }

  SharedCatalogue(MetricGroup operatorMetrics, CatalogueStore store) {
    this.store = store;
    operatorMetrics.addGroup("hindcast").gauge("refusedCatalogues", (Gauge<Long>) () -> refusals);
  }

  /** A manifest has been announced: if it was refused before, its file is tried again. */
  public void announced(CatalogueManifest manifest) {
    refused.remove(manifest);
  }

  /**
   * The manifest in force at {@code timeMicros} among those whose catalogue can be used.
   *
   * @throws IOException if there are some and none can be used: the error of the latest
   * @throws IllegalStateException if there is none
   */
  public CatalogueManifest inForce(
      ReadOnlyBroadcastState<Long, CatalogueManifest> manifests, long timeMicros) throws Exception {
    return firstUsable(CatalogueManifests.inForceLatestFirst(manifests, timeMicros));
  }

  /**
   * The first whose catalogue can be used.
   *
   * @throws IOException if none can be used: the error of the first
   */
  public CatalogueManifest firstUsable(List<CatalogueManifest> manifests) throws IOException {
    IOException first = null;
    for (CatalogueManifest manifest : manifests) {
      if (refused.contains(manifest)) {
        continue;
      }
      try {
        lease(manifest);
        return manifest;
      } catch (CatalogueException e) {
        refuse(manifest, e);
        first = first == null ? e : first;
      }
    }
    throw first != null
        ? first
        : new IOException(
            "no catalogue can be used of the "
                + manifests.size()
                + " that could be: each was refused, see the log; announce one that is whole");
  }

  /** The catalogue a manifest names. */
  public ItemCatalogue get(CatalogueManifest manifest) throws IOException {
    return lease(manifest).catalogue();
  }

  /** The indexes over the catalogue a manifest names. */
  public CatalogueIndexes indexes(CatalogueManifest manifest) throws IOException {
    return lease(manifest).indexes();
  }

  /** Leaves every catalogue but those of these manifests. */
  public void keepOnly(Collection<CatalogueManifest> used) {
    Set<CatalogueManifest> kept = new HashSet<>(used);
    leases
        .entrySet()
        .removeIf(
            entry -> {
              boolean left = !kept.contains(entry.getKey());
              if (left) {
                entry.getValue().close();
              }
              return left;
            });
  }

  /** How many versions were refused. */
  public long refusals() {
    return refusals;
  }

  /** How many catalogues are held. */
  public int held() {
    return leases.size();
  }

  @Override
  public void close() {
    keepOnly(List.of());
  }

  private void refuse(CatalogueManifest manifest, CatalogueException e) {
    refused.add(manifest);
    refusals++;
    LOG.warn(
        "Catalogue {} is refused ({}), the version before it stays: {}",
        manifest.getVersion(),
        e.fault(),
        e.getMessage());
  }

  private CatalogueStore.Lease lease(CatalogueManifest manifest) throws IOException {
    CatalogueStore.Lease lease = leases.get(manifest);
    if (lease == null) {
      lease = store.acquire(manifest);
      leases.put(manifest, lease);
    }
    return lease;
  }
}
