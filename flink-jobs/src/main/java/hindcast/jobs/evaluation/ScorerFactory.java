package hindcast.jobs.evaluation;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.PolicyCheckpoint;
import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.IndexKind;
import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
import hindcast.evaluation.PartitionPolicyScorer;
import hindcast.evaluation.PolicyScorer;
import hindcast.evaluation.ScorerInForce;
import hindcast.evaluation.SoftmaxPolicyScorer;
import hindcast.jobs.catalogue.SharedCatalogue;
import hindcast.jobs.evaluation.EvaluationSettings.PolicyLine;
import hindcast.policy.Policy;
import hindcast.policy.PolicyForm;
import hindcast.policy.PolicyParameters;
import hindcast.policy.SoftmaxPolicy;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what scores a policy line, over the process's shared copies of the catalogues in force.
 *
 * <p>Within one embedding space a version goes on when the catalogue changes: each impression is
 * scored over the catalogue in force at its event time, and the mass on items that the catalogue at
 * the version's data cut did not have is measured. Catalogues of other spaces do not concern it.
 */
final class ScorerFactory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScorerFactory.class);

  private final SharedCatalogue catalogue;
  private final KnownManifests known = new KnownManifests();
  private final NewerItems newerItems;
  private final Map<String, Map<Long, ManifestSchedule>> open = new HashMap<>();

  ScorerFactory(SharedCatalogue catalogue) {
    this.catalogue = catalogue;
    this.newerItems = new NewerItems(catalogue);
  }

  /** Takes over the manifests an operator knows, before it scores a window. */
  void know(ReadOnlyBroadcastState<Long, CatalogueManifest> manifests) throws Exception {
    known.read(manifests);
  }

  /** A line that does not learn. */
  PolicyScorer fixed(PolicyLine line) {
    if (!FixedPolicies.dependsOnCatalogue(line)) {
      return eventByEvent(FixedPolicies.of(line, 1));
    }
    return scheduled(
        line.id(),
        0,
        new Maker(any -> true) {
          @Override
          public PolicyScorer scorer(CatalogueManifest manifest) {
            return eventByEvent(FixedPolicies.of(line, Math.toIntExact(manifest.getCount())));
          }
        });
  }

  /** A version of a learned line. */
  PolicyScorer learned(PolicyLine line, PolicyCheckpoint checkpoint) throws IOException {
    return scheduled(line.id(), checkpoint.getVersion(), new Learned(line, checkpoint));
  }

  private PolicyScorer scheduled(String line, long version, Maker maker) {
    ManifestSchedule schedule = new ManifestSchedule(known, maker);
    open.computeIfAbsent(line, id -> new HashMap<>()).put(version, schedule);
    return new ScorerInForce(schedule);
  }

  private static PolicyScorer eventByEvent(Policy policy) {
    return PolicyScorer.eventByEvent(policy::probability);
  }

  /** Chooses the latest usable catalogue among those that are wanted. */
  private abstract class Maker implements ManifestSchedule.Maker {
    private final Predicate<CatalogueManifest> wanted;

    Maker(Predicate<CatalogueManifest> wanted) {
      this.wanted = wanted;
    }

    @Override
    public CatalogueManifest manifest(long timeMicros) throws IOException {
      List<CatalogueManifest> candidates = known.inForce(timeMicros, wanted);
      if (candidates.isEmpty()) {
        throw new IOException(
            "no catalogue manifest the policy can use is in force at event time "
                + timeMicros
                + " us: publish one to the catalogue topic that is effective at or before it");
      }
      return catalogue.firstUsable(candidates);
    }
  }

  /** A version: its parameters over whatever catalogue of its space is in force. */
  private final class Learned extends Maker {
    private final long version;
    private final long cutMicros;
    private final PolicyParameters parameters;
    private final PolicyForm[] forms;

    Learned(PolicyLine line, PolicyCheckpoint checkpoint) throws IOException {
      this(line, checkpoint, PolicyCheckpointCodec.read(checkpoint).parameters());
    }

    private Learned(PolicyLine line, PolicyCheckpoint checkpoint, PolicyParameters parameters) {
      super(
          manifest ->
              manifest.getEmbeddingSpace().equals(checkpoint.getEmbeddingSpace())
                  && manifest.getDimension() == parameters.embeddingDimension());
      this.version = checkpoint.getVersion();
      this.cutMicros = checkpoint.getDataCutMicros();
      this.parameters = parameters;
      this.forms = line.forms().stream().map(PolicyForm::parse).toArray(PolicyForm[]::new);
    }

    @Override
    public PolicyScorer scorer(CatalogueManifest manifest) throws IOException {
      ItemCatalogue items = catalogue.get(manifest);
      int[] newItems = newItems(manifest);
      return CatalogueIndexes.isForPartition(items.embeddings())
          ? new PartitionPolicyScorer(
              parameters, items, catalogue.indexes(manifest), newItems, version, forms)
          : new SoftmaxPolicyScorer(new SoftmaxPolicy(parameters, items), newItems, forms);
    }

    /** What the log before the cut cannot have shown; nothing where its catalogue is gone. */
    private int[] newItems(CatalogueManifest now) throws IOException {
      CatalogueManifest ofLog;
      try {
        ofLog = manifest(cutMicros - 1);
      } catch (IOException e) {
        LOG.warn(
            "The mass of version {} on new items is not measured: {}", version, e.getMessage());
        return new int[0];
      }
      return newerItems.of(ofLog, now);
    }
  }

  /** A manifest was announced. */
  void announced(
      CatalogueManifest manifest, ReadOnlyBroadcastState<Long, CatalogueManifest> manifests)
      throws Exception {
    catalogue.announced(manifest, manifests);
    known.renew();
  }

  /** See {@link SharedCatalogue#hasBegun}. */
  boolean hasBegun() {
    return catalogue.hasBegun();
  }

  /** See {@link SharedCatalogue#prepare}. */
  void prepare(ReadOnlyBroadcastState<Long, CatalogueManifest> manifests, long timeMicros)
      throws Exception {
    catalogue.prepare(manifests, timeMicros);
  }

  /** What the scorers search vectors with. */
  static Set<IndexKind> indexes(ItemEmbeddings embeddings) {
    return CatalogueIndexes.isForPartition(embeddings) ? Set.of(IndexKind.PARTITION) : Set.of();
  }

  /** Leaves the catalogues no open version needs; these are the open versions of a line. */
  void keepOnly(String line, Collection<Long> openVersions) {
    open.getOrDefault(line, new HashMap<>()).keySet().retainAll(openVersions);
    Set<CatalogueManifest> used =
        open.values().stream()
            .flatMap(versions -> versions.values().stream())
            .map(ManifestSchedule::manifest)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    newerItems.keepOnly(used);
    catalogue.keepOnly(used);
  }

  @Override
  public void close() {
    catalogue.close();
  }
}
