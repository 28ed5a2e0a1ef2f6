package hindcast.connectors.logs;

import hindcast.avro.Context;
import hindcast.avro.SparseFeatures;
import hindcast.connectors.avro.AvroMapping;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The feature vector of a line of an Open Bandit log, sparse, of dimension {@code d = 1 + 8 + 64 +
 * K}:
 *
 * <pre>
 * 0          1, the intercept
 * 1 .. 8     position one-hot: min(position, 7)
 * 9 .. 72    categories: bucket h mod 64 is raised by 1 for each user_feature_* column, where
 *            h = mix(FNV-1a 64 of the UTF-8 bytes of "column=value")
 * 73 ..      the K numeric user-item affinities, in the order of their items
 * </pre>
 *
 * <p>Two categories may share a bucket (64 buckets, a few dozen categories); the dimension does not
 * depend on which categories occur, so every file with the same columns has the same features. The
 * finaliser {@code mix} is that of SplitMix64. Not thread-safe.
 */
final class OpenBanditContext {
  static final int POSITIONS = 8;
  static final int BUCKETS = 64;

  private static final int FIRST_POSITION = 1;
  private static final int FIRST_BUCKET = FIRST_POSITION + POSITIONS;
  private static final int FIRST_AFFINITY = FIRST_BUCKET + BUCKETS;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

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
    List<Integer> indices = new ArrayList<>();
    float[] values = new float[features.length];
    for (int i = 0; i < features.length; i++) {
      if (features[i] != 0) {
        values[indices.size()] = features[i];
        indices.add(i);
      }
    }
    float[] packed = Arrays.copyOf(values, indices.size());
    return new Context(
        null, new SparseFeatures(features.length, indices, AvroMapping.pack(packed)));
  }

  static int bucket(String column, String value) {
    long hash = FNV_OFFSET;
    for (byte b : (column + "=" + value).getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return (int) Long.remainderUnsigned(mix(hash), BUCKETS);
  }

  private static long mix(long hash) {
    long mixed = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
