package hindcast.simulation;

import hindcast.numeric.CounterBasedRandom;

/**
 * A stream of random numbers that is a function of its seed and its name alone, the same on every
 * Java version: the draws 0, 1, 2, ... of {@link CounterBasedRandom} under one key.
 */
final class SeededRandom {
  private final long key;
  private long draws;

  SeededRandom(long seed, String stream) {
    key = CounterBasedRandom.key(seed, "simulation", 0, stream);
  }

  long nextLong() {
    return CounterBasedRandom.bits(key, draws++);
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

  /** Standard normal, by Box and Muller's method. */
  double nextGaussian() {
    double radius = Math.sqrt(2 * nextExponential());
    return radius * Math.cos(2 * Math.PI * nextDouble());
  }

  /** Exponential of mean 1. */
  double nextExponential() {
    return -Math.log1p(-nextDouble());
  }
}
