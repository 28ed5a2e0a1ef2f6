package hindcast.connectors.logs;

import hindcast.avro.Context;
import hindcast.connectors.avro.AvroMapping;
import java.util.Arrays;
import java.util.List;

/**
 * The feature vector of a line: 1 where the mapping wants an intercept, then the places of each
 * feature in the order of the mapping. Sparse where it has categories, dense otherwise. Not
 * thread-safe.
 */
final class MappedContext {
  private final boolean intercept;
  private final List<MappedFeature> features;
  private final boolean sparse;
  private final float[] values;

  MappedContext(boolean intercept, List<MappedFeature> features) {
    this.intercept = intercept;
    this.features = features;
    this.sparse =
        features.stream()
            .anyMatch(
                feature ->
                    feature.kind() == MappedFeature.Kind.VALUES
                        || feature.kind() == MappedFeature.Kind.BUCKETS);
    values =
        new float[features.stream().mapToInt(MappedFeature::width).sum() + (intercept ? 1 : 0)];
  }

  int dimension() {
    return values.length;
  }

  Context of(FieldValues line) throws LineRejectedException {
    Arrays.fill(values, 0);
    if (intercept) {
      values[0] = 1;
    }
    for (MappedFeature feature : features) {
      feature.add(line, values);
    }
    return sparse
        ? HashedFeatures.sparse(values)
        : new Context(AvroMapping.pack(values.clone()), null);
  }
}
