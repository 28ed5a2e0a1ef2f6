package hindcast.jobs.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.IndexKind;
import hindcast.catalogue.IndexState;
import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.connectors.catalogue.CatalogueException;
import hindcast.connectors.catalogue.CatalogueStore;
import hindcast.connectors.catalogue.PreparedCatalogue;
import hindcast.jobs.state.CatalogueManifests;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one operator subtask holds of the process's catalogues.
 *
 * <p>The catalogue in force and the next one to come are loaded, and the indexes the operator needs
 * are built, in the background ({@link #prepare}); whoever needs them earlier waits for the same.
 * Gauge {@code hindcast.indexState} says how far they are (none, building, ready or failed), {@code
 * hindcast.indexesBuilding} how many versions are not ready yet.
 *
 * <p>A version whose file is missing, broken or not what its manifest says is refused: logged,
 * counted in {@code hindcast.refusedCatalogues}, and the version before it stays in force. It is
 * tried again when its manifest is announced again and after a restart. Only a subtask without any
 * version it can use fails.
 */
public final class SharedCatalogue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedCatalogue.class);

  private final CatalogueStore store;
  private final Function<ItemEmbeddings, Set<IndexKind>> needed;
  private final Map<CatalogueManifest, CatalogueStore.Lease> leases = new ConcurrentHashMap<>();
  private final Map<CatalogueManifest, PreparedCatalogue> prepared = new ConcurrentHashMap<>();
  private long reachedMicros = Long.MIN_VALUE;
  private final Set<CatalogueManifest> refused = new HashSet<>();
  private long refusals;

  /**
   * Holds catalogues of the process's store.
   *
   * @param needed the indexes the operator searches vectors with
   */
  public SharedCatalogue(
      MetricGroup operatorMetrics, Function<ItemEmbeddings, Set<IndexKind>> needed) {
    this(operatorMetrics, needed, CatalogueStore.ofProcess());
  }

  SharedCatalogue(
      MetricGroup operatorMetrics,
      Function<ItemEmbeddings, Set<IndexKind>> needed,
      CatalogueStore store) {
    this.store = store;
    this.needed = needed;
    MetricGroup group = operatorMetrics.addGroup("hindcast");
    group.gauge("refusedCatalogues", (Gauge<Long>) () -> refusals);
    group.gauge("indexState", (Gauge<String>) () -> state().name().toLowerCase(Locale.ROOT));
    group.gauge("indexesBuilding", (Gauge<Long>) () -> inState(IndexState.BUILDING));
  }

  /** A manifest has been announced: if it was refused before, its file is tried again. */
  public void announced(CatalogueManifest manifest) {
    refused.remove(manifest);
  }

  /** The same, and it is prepared if it is next. */
  public void announced(
      CatalogueManifest manifest, ReadOnlyBroadcastState<Long, CatalogueManifest> manifests)
      throws Exception {
    announced(manifest);
    if (hasBegun()) {
      prepare(manifests, reachedMicros);
    }
  }

  /** Whether an event time has been reached. */
  public boolean hasBegun() {
    return reachedMicros > Long.MIN_VALUE;
  }

  /**
   * Event time has come this far: begins to load and to index what is in force and what comes into
   * force next, where that is not here yet. Changes nothing but how long others wait.
   */
  public void prepare(ReadOnlyBroadcastState<Long, CatalogueManifest> manifests, long timeMicros)
      throws Exception {
    reachedMicros = Math.max(reachedMicros, timeMicros);
    prepare(CatalogueManifests.next(manifests, reachedMicros));
  }

  /** Prepares these, where they are not held yet, and nothing else. */
  void prepare(List<CatalogueManifest> next) {
    Set<CatalogueManifest> wanted = new HashSet<>(next);
    wanted.removeAll(refused);
    wanted.removeAll(leases.keySet());
    prepared
        .entrySet()
        .removeIf(
            entry -> {
              boolean left = !wanted.contains(entry.getKey());
              if (left) {
                entry.getValue().close();
              }
              return left;
            });
    for (CatalogueManifest manifest : wanted) {
      prepared.computeIfAbsent(manifest, one -> store.prepare(one, needed));
    }
  }

  private long inState(IndexState state) {
    return Stream.concat(
            prepared.values().stream().map(PreparedCatalogue::state),
            leases.values().stream().map(lease -> lease.indexes().state()))
        .filter(one -> one == state)
        .count();
  }

  /** How far the indexes are. */
  IndexState state() {
    return Stream.of(IndexState.BUILDING, IndexState.FAILED, IndexState.READY)
        .filter(state -> inState(state) > 0)
        .findFirst()
        .orElse(IndexState.NONE);
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
    prepared.values().forEach(PreparedCatalogue::close);
    prepared.clear();
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
