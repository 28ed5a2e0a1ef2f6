package hindcast.numeric;

/**
 * Random numbers that are a function of what they are for: a key (seed, policy id, policy version,
 * impression id) and the index of the draw. A replay, a retry or another order of events gives the
 * same numbers, and nothing has to be stored.
 *
 * <p>The key is folded with the finaliser of SplitMix64 (Steele, Lea and Flood 2014), a bijection
 * of 64 bits with full avalanche; draw k is that finaliser of {@code key + k · 0x9E3779B97F4A7C15},
 * the sequence SplitMix64 itself produces.
 */
public final class CounterBasedRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double ULP = 0x1.0p-53;

  private CounterBasedRandom() {}

  /** The key of one impression under one version of one policy. */
  public static long key(long seed, String policyId, long policyVersion, String impressionId) {
    long key = mix(seed + GOLDEN_GAMMA);
    key = mix(key ^ hash(policyId));
    key = mix(key + GOLDEN_GAMMA ^ policyVersion);
    return mix(key ^ hash(impressionId));
  }

  /** A key for one item below another key: one number for each (draw, item). */
  public static long itemKey(long key, String itemId) {
    return mix(key ^ hash(itemId));
  }

  /** 64 random bits. */
  public static long bits(long key, long draw) {
    return mix(key + (draw + 1) * GOLDEN_GAMMA);
  }

  /** A number in the open interval (0, 1), a multiple of 2⁻⁵⁴. */
  public static double uniform(long key, long draw) {
    return ((bits(key, draw) >>> 11) + 0.5) * ULP;
  }

  /** A whole number in [0, bound); bias below bound · 2⁻³². */
  public static int below(long key, long draw, int bound) {
    return (int) (((bits(key, draw) >>> 32) * bound) >>> 32);
  }

  /** A standard normal number, from two uniform ones (Box and Muller 1958). */
  public static double gaussian(long key, long draw) {
    double radius = Math.sqrt(-2 * StrictMath.log(uniform(key, 2 * draw)));
    return radius * StrictMath.cos(2 * Math.PI * uniform(key, 2 * draw + 1));
  }

  private static long hash(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = mix(hash + GOLDEN_GAMMA ^ text.charAt(i));
    }
    return hash;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
