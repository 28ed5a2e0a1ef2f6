package hindcast.connectors.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import hindcast.avro.Context;
import hindcast.feedback.Rejection;
import java.util.Arrays;
import java.util.Map;

/**
 * The shared features of a decision, {@code c} without its actions, as a sparse vector of dimension
 * {@value #DIMENSION}: 0 is the intercept, each other place a bucket of {@link HashedFeatures}.
 *
 * <ul>
 *   <li>a string raises the bucket of {@code "path=value"} by 1
 *   <li>a number raises the bucket of {@code "path"} by itself, true by 1, false and null by 0
 *   <li>an object adds its fields, {@code "path/name"}; names that begin with {@code _} are no
 *       features
 *   <li>an array adds its elements under its own path, numbers under {@code "path/index"}
 * </ul>
 *
 * <p>Features of the actions are not read. A path is kept as its hash, so that a line of n bytes
 * takes O(n) however deep it is. Not thread-safe.
 */
final class DsJsonContext {
  static final int BUCKETS = 256;
  static final int DIMENSION = 1 + BUCKETS;

  private final float[] features = new float[DIMENSION];

  /** The vector of one decision. */
  Context of(JsonNode shared) throws LineRejectedException {
    return of(shared, MissingNode.getInstance());
  }

  /** The vector of one slot: its own features are {@code "/_slot/name"}. */
  Context of(JsonNode shared, JsonNode slot) throws LineRejectedException {
    Arrays.fill(features, 0);
    features[0] = 1;
    if (shared.isObject()) {
      fields(HashedFeatures.EMPTY, shared);
    }
    if (slot.isObject()) {
      fields(below(HashedFeatures.EMPTY, "_slot"), slot);
    }
    for (float feature : features) {
      if (!Float.isFinite(feature)) {
        throw new LineRejectedException(
            Rejection.INVALID_CONTEXT, "features must be finite: " + feature);
      }
    }
    return HashedFeatures.sparse(features);
  }

  private void fields(long path, JsonNode object) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!field.getKey().startsWith("_")) {
        add(below(path, field.getKey()), field.getValue());
      }
    }
  }

  private void add(long path, JsonNode value) {
    if (value.isObject()) {
      fields(path, value);
    } else if (value.isArray()) {
      for (int k = 0; k < value.size(); k++) {
        JsonNode element = value.path(k);
        add(element.isNumber() ? below(path, Integer.toString(k)) : path, element);
      }
    } else if (value.isTextual()) {
      raise(HashedFeatures.extend(path, "=" + value.textValue()), 1);
    } else if (value.isNumber()) {
      raise(path, (float) value.doubleValue());
    } else if (value.isBoolean()) {
      raise(path, value.booleanValue() ? 1 : 0);
    }
  }

  private static long below(long path, String name) {
    return HashedFeatures.extend(path, "/" + name);
  }

  private void raise(long name, float amount) {
    features[1 + HashedFeatures.bucket(name, BUCKETS)] += amount;
  }
}
