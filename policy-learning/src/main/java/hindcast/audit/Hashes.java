package hindcast.audit;

/** 64-bit hashes that are the same everywhere: the finaliser of SplitMix64 over the characters. */
final class Hashes {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private Hashes() {}

  static long of(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = mix(hash + GOLDEN_GAMMA ^ text.charAt(i));
    }
    return hash;
  }

  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
