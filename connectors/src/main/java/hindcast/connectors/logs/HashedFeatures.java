package hindcast.connectors.logs;

import hindcast.avro.Context;
import hindcast.avro.SparseFeatures;
import hindcast.connectors.avro.AvroMapping;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Features by name: bucket {@code mix(FNV-1a 64 of the UTF-8 bytes of the name) mod B}, the same in
 * every process and version. The finaliser {@code mix} is that of SplitMix64. A name may come in
 * pieces: {@code bucket(extend(extend(EMPTY, "a"), "b"), B) = bucket("ab", B)}.
 */
final class HashedFeatures {
  /** The hash of the empty name. */
  static final long EMPTY = 0xcbf29ce484222325L;

  private static final long FNV_PRIME = 0x100000001b3L;

  private HashedFeatures() {}

  /** Where a feature belongs, in [0, buckets). */
  static int bucket(String name, int buckets) {
    return bucket(extend(EMPTY, name), buckets);
  }

  /** Where the feature with the name of this hash belongs, in [0, buckets). */
  static int bucket(long hash, int buckets) {
    return (int) Long.remainderUnsigned(mix(hash), buckets);
  }

  /** The hash of a name and a piece behind it. */
  static long extend(long hash, String piece) {
    long extended = hash;
    for (byte b : piece.getBytes(StandardCharsets.UTF_8)) {
      extended = (extended ^ (b & 0xFF)) * FNV_PRIME;
    }
    return extended;
  }

  /** A vector without its zeros. */
  static Context sparse(float[] features) {
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

  private static long mix(long hash) {
    long mixed = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
