package hindcast.connectors.logs;

import hindcast.avro.Context;
import java.util.Arrays;

/**
 * The feature vector of a line of an Open Bandit log, sparse, of dimension {@code d = 1 + 8 + 64 +
 * K}:
 *
 * <pre>
 * 0          1, the intercept
 * 1 .. 8     position one-hot: min(position, 7)
 * 9 .. 72    categories: bucket h mod 64 is raised by 1 for each user_feature_* column, where
 *            h = the hash of "column=value" (HashedFeatures)
 * 73 ..      the K numeric user-item affinities, in the order of their items
 * </pre>
 *
 * <p>Two categories may share a bucket (64 buckets, a few dozen categories); the dimension does not
 * depend on which categories occur, so every file with the same columns has the same features. Not
 * thread-safe.
 */
final class OpenBanditContext {
  static final int POSITIONS = 8;
  static final int BUCKETS = 64;

  private static final int FIRST_POSITION = 1;
  private static final int FIRST_BUCKET = FIRST_POSITION + POSITIONS;
  private static final int FIRST_AFFINITY = FIRST_BUCKET + BUCKETS;

  private final float[] features;

  OpenBanditContext(int affinities) {
    features = new float[FIRST_AFFINITY + affinities];
  }

  int dimension() {
    return features.length;
  }

  /** Begins the vector of one line. */
  void begin(int position) {
    Arrays.fill(features, 0);
    features[0] = 1;
    features[FIRST_POSITION + Math.min(position, POSITIONS - 1)] = 1;
  }

  void category(String column, String value) {
    features[FIRST_BUCKET + bucket(column, value)]++;
  }

  void affinity(int index, float value) {
    features[FIRST_AFFINITY + index] = value;
  }

  /** The vector. */
  Context build() {
    return HashedFeatures.sparse(features);
  }

  static int bucket(String column, String value) {
    return HashedFeatures.bucket(column + "=" + value, BUCKETS);
  }
}
