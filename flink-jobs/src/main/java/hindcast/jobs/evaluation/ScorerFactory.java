package hindcast.jobs.evaluation;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.PolicyCheckpoint;
import hindcast.catalogue.ItemCatalogue;
import hindcast.connectors.checkpoint.PolicyCheckpointCodec;
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
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;

/** Makes what scores a policy line, with the process's shared copy of the catalogue. */
final class ScorerFactory implements AutoCloseable {
  private final SharedCatalogue catalogue = new SharedCatalogue();

  /** A line that does not learn. */
  PolicyScorer fixed(PolicyLine line, ReadOnlyBroadcastState<Long, CatalogueManifest> manifests)
      throws Exception {
    Policy policy =
        switch (line.kind()) {
          case UNIFORM ->
              new UniformPolicy(
                  catalogue.get(CatalogueManifests.inForce(manifests, Long.MAX_VALUE)).size());
          case LOGGING -> new LoggingPolicy();
          case ALWAYS -> new AlwaysPolicy(line.item());
          case TABLE -> table(line);
          case LEARNED -> throw new IllegalArgumentException(line.id() + " learns");
        };
    return PolicyScorer.eventByEvent(policy::probability);
  }

  /** A version of a learned line. */
  PolicyScorer learned(
      PolicyLine line,
      PolicyCheckpoint checkpoint,
      ReadOnlyBroadcastState<Long, CatalogueManifest> manifests)
      throws Exception {
    ItemCatalogue items =
        catalogue.get(CatalogueManifests.inForce(manifests, checkpoint.getDataCutMicros()));
    PolicyForm[] forms = line.forms().stream().map(PolicyForm::parse).toArray(PolicyForm[]::new);
    SoftmaxPolicy policy = new SoftmaxPolicy(parameters(checkpoint), items);
    return new SoftmaxPolicyScorer(policy, forms);
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
