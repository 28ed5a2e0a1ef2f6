package hindcast.jobs.evaluation;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.PolicyCheckpoint;
import hindcast.catalogue.CatalogueIndexes;
import hindcast.catalogue.ItemCatalogue;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
import hindcast.evaluation.PartitionPolicyScorer;
import hindcast.evaluation.PolicyScorer;
import hindcast.evaluation.SoftmaxPolicyScorer;
import hindcast.jobs.catalogue.SharedCatalogue;
import hindcast.jobs.evaluation.EvaluationSettings.PolicyLine;
import hindcast.jobs.state.CatalogueManifests;
import hindcast.policy.AlwaysPolicy;
import hindcast.policy.LoggingPolicy;
import hindcast.policy.Policy;
import hindcast.policy.PolicyForm;
import hindcast.policy.PolicyParameters;
import hindcast.policy.SoftmaxPolicy;
import hindcast.policy.TablePolicy;
import hindcast.policy.UniformPolicy;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;

/** Makes what scores a policy line, with the process's shared copy of the catalogue. */
final class ScorerFactory implements AutoCloseable {
  private final SharedCatalogue catalogue;
  private final Map<String, Map<Long, CatalogueManifest>> used = new HashMap<>();

  ScorerFactory(SharedCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** A line that does not learn. */
  PolicyScorer fixed(PolicyLine line, ReadOnlyBroadcastState<Long, CatalogueManifest> manifests)
      throws Exception {
    Policy policy =
        switch (line.kind()) {
          case UNIFORM ->
              new UniformPolicy(
                  Math.toIntExact(catalogue.inForce(manifests, Long.MAX_VALUE).getCount()));
          case LOGGING -> new LoggingPolicy();
          case ALWAYS -> new AlwaysPolicy(line.item());
          case TABLE -> table(line);
          case LEARNED -> throw new IllegalArgumentException(line.id() + " learns");
        };
    return PolicyScorer.eventByEvent(policy::probability);
  }

  /** A version of a learned line, over the catalogue it was learned on. */
  PolicyScorer learned(
      PolicyLine line,
      PolicyCheckpoint checkpoint,
      ReadOnlyBroadcastState<Long, CatalogueManifest> manifests)
      throws Exception {
    CatalogueManifest manifest = catalogue.firstUsable(candidates(checkpoint, manifests));
    used.computeIfAbsent(line.id(), id -> new HashMap<>()).put(checkpoint.getVersion(), manifest);
    ItemCatalogue items = catalogue.get(manifest);
    PolicyForm[] forms = line.forms().stream().map(PolicyForm::parse).toArray(PolicyForm[]::new);
    return CatalogueIndexes.isForPartition(items.embeddings())
        ? new PartitionPolicyScorer(
            parameters(checkpoint),
            items,
            catalogue.indexes(manifest),
            new int[0],
            checkpoint.getVersion(),
            forms)
        : new SoftmaxPolicyScorer(new SoftmaxPolicy(parameters(checkpoint), items), forms);
  }

  /** A manifest was announced. */
  void announced(CatalogueManifest manifest) {
    catalogue.announced(manifest);
  }

  /** Leaves the catalogues no open version needs; these are the open versions of a line. */
  void keepOnly(String line, Collection<Long> openVersions) {
    used.getOrDefault(line, new HashMap<>()).keySet().retainAll(openVersions);
    catalogue.keepOnly(used.values().stream().flatMap(open -> open.values().stream()).toList());
  }

  /** The catalogue named by the checkpoint, then those in force at its cut in the same space. */
  private static List<CatalogueManifest> candidates(
      PolicyCheckpoint checkpoint, ReadOnlyBroadcastState<Long, CatalogueManifest> manifests)
      throws Exception {
    List<CatalogueManifest> inForce =
        CatalogueManifests.inForceLatestFirst(manifests, checkpoint.getDataCutMicros());
    Predicate<CatalogueManifest> named =
        manifest -> manifest.getVersion().equals(checkpoint.getCatalogueVersion());
    return Stream.concat(
            inForce.stream().filter(named),
            inForce.stream()
                .filter(named.negate())
                .filter(
                    manifest ->
                        manifest.getEmbeddingSpace().equals(checkpoint.getEmbeddingSpace())))
        .toList();
  }

  private static PolicyParameters parameters(PolicyCheckpoint checkpoint) throws IOException {
    return PolicyCheckpointCodec.read(checkpoint).parameters();
  }

  private static TablePolicy table(PolicyLine line) {
    Map<TablePolicy.Key, Double> probabilities = new HashMap<>();
    line.table()
        .forEach(
            (item, bySegment) ->
                bySegment.forEach(
                    (segment, probability) ->
                        probabilities.put(new TablePolicy.Key(item, segment), probability)));
    return new TablePolicy(probabilities);
  }

  @Override
  public void close() {
    catalogue.close();
  }
}
