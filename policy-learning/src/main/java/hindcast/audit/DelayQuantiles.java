package hindcast.audit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Quantiles of reward delays, to {@value #RELATIVE_ERROR} of their size: counts in buckets that
 * grow by a constant factor, as DDSketch.
 *
 * <pre>
 * bucket of d = ceil(ln d / ln g),   g = (1 + e) / (1 - e),   answer 2 g^k / (g + 1) for bucket k
 * </pre>
 *
 * <p>Delays of 0 have a bucket of their own. Mergeable in any order. Masson, Rim, Lee, DDSketch,
 * VLDB 12 (2019).
 */
public final class DelayQuantiles {
  /** e, the relative error. */
  static final double RELATIVE_ERROR = 0.01;

  private static final double LOG_GROWTH = Math.log((1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR));
  private static final int BUCKETS = bucket(Long.MAX_VALUE) + 1;

  private final long[] counts = new long[BUCKETS];
  private long zeros;
  private long n;

  private static int bucket(long micros) {
    return (int) Math.ceil(Math.log((double) micros) / LOG_GROWTH);
  }

  /** Adds a delay of at least 0 microseconds. */
  public void add(long delayMicros) {
    if (delayMicros < 0) {
      throw new IllegalArgumentException("delay must be at least 0: " + delayMicros);
    }
    n++;
    if (delayMicros == 0) {
      zeros++;
    } else {
      counts[bucket(delayMicros)]++;
    }
  }

  /** Adds all delays of the other instance. */
  public void merge(DelayQuantiles other) {
    n += other.n;
    zeros += other.zeros;
    for (int k = 0; k < BUCKETS; k++) {
      counts[k] += other.counts[k];
    }
  }

  /** How many delays. */
  public long n() {
    return n;
  }

  /**
   * The smallest delay that at least this share of the delays does not exceed, in microseconds;
   * empty without delays.
   *
   * @param share in (0, 1]
   */
  public OptionalLong quantile(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be in (0, 1]: " + share);
    }
    if (n == 0) {
      return OptionalLong.empty();
    }
    long rank = Math.max(1, (long) Math.ceil(share * n));
    long below = zeros;
    int k = -1;
    while (below < rank) {
      below += counts[++k];
    }
    double growth = Math.exp(LOG_GROWTH);
    return OptionalLong.of(
        k < 0 ? 0 : Math.max(1, Math.round(2 * Math.exp(k * LOG_GROWTH) / (growth + 1))));
  }

  /**
   * The reward window that keeps this share of the rewards: the quantile and its relative error
   * more. Delays that were cut off by a shorter window are not in the sketch, so it can only
   * recommend too little.
   */
  public OptionalLong recommendedWindowMicros(double share) {
    OptionalLong quantile = quantile(share);
    return quantile.isEmpty()
        ? quantile
        : OptionalLong.of((long) Math.ceil(quantile.getAsLong() * (1 + 2 * RELATIVE_ERROR)) + 1);
  }

  /** Writes the complete state. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeLong(zeros);
    for (int k = 0; k < BUCKETS; k++) {
      if (counts[k] > 0) {
        out.writeInt(k);
        out.writeLong(counts[k]);
      }
    }
    out.writeInt(-1);
  }

  /** Replaces the state by one that {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    Arrays.fill(counts, 0);
    n = in.readLong();
    zeros = in.readLong();
    for (int k = in.readInt(); k >= 0; k = in.readInt()) {
      counts[k] = in.readLong();
    }
  }
}
