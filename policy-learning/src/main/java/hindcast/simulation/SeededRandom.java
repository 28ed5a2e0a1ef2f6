package hindcast.simulation;

/**
 * SplitMix64: a stream of random numbers that is a function of its seed alone, the same on every
 * Java version. Streams of different names from one seed are independent.
 *
 * <p>Source: G. Steele, D. Lea, C. Flood, Fast splittable pseudorandom number generators, OOPSLA
 * 2014, doi:10.1145/2660193.2660195.
 */
final class SeededRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;
  private double spareGaussian = Double.NaN;

  SeededRandom(long seed, String stream) {
    state = mix(seed + GOLDEN_GAMMA * mix(stream.hashCode()));
  }

  long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
  double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in {0, ..., bound − 1}; probabilities are off by at most 2⁻⁵³. */
  int nextInt(int bound) {
    return (int) (nextDouble() * bound);
  }

  /** Whether an event of this probability happens. */
  boolean happens(double probability) {
    return nextDouble() < probability;
  }

  /** Standard normal, by Marsaglia's polar method. */
  double nextGaussian() {
    if (!Double.isNaN(spareGaussian)) {
      double gaussian = spareGaussian;
      spareGaussian = Double.NaN;
      return gaussian;
    }
    double u;
    double v;
    double s;
    do {
      u = 2 * nextDouble() - 1;
      v = 2 * nextDouble() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s == 0);
    double radius = Math.sqrt(-2 * Math.log(s) / s);
    spareGaussian = v * radius;
    return u * radius;
  }

  /** Exponential of mean 1. */
  double nextExponential() {
    return -Math.log1p(-nextDouble());
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
