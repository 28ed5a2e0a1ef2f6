package hindcast.numeric;

/**
 * Quantiles of numbers that are at least 0, to a relative error of 1 %, in bounded memory.
 *
 * <p>Numbers below 1 count as 0; others are counted in buckets {@code (g^(i-1), g^i]}, {@code g =
 * 1.01 / 0.99}, and reported as {@code 2 g^i / (g + 1)}. The largest number is kept as it is.
 *
 * <p>Source: Masson, Rim, Lee, DDSketch: A fast and fully-mergeable quantile sketch with
 * relative-error guarantees, VLDB 2019.
 */
public final class QuantileSketch {
  private static final double ERROR = 0.01;
  private static final double GAMMA = (1 + ERROR) / (1 - ERROR);
  private static final double LOG_GAMMA = Math.log(GAMMA);
  private static final int BUCKETS = 1 + (int) Math.ceil(Math.log(Long.MAX_VALUE) / LOG_GAMMA);

  private final long[] counts = new long[1 + BUCKETS];
  private long n;
  private long largest;

  /** Adds a number, at least 0. */
  public void add(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("a number must be at least 0: " + value);
    }
    counts[value == 0 ? 0 : 1 + (int) Math.ceil(Math.log(value) / LOG_GAMMA)]++;
    n++;
    largest = Math.max(largest, value);
  }

  /** How many numbers were added. */
  public long n() {
    return n;
  }

  /** The largest number; 0 of none. */
  public long largest() {
    return largest;
  }

  /**
   * The smallest number that at least this share of all is not above; 0 of none.
   *
   * @param share in (0, 1]
   */
  public double quantile(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be in (0, 1]: " + share);
    }
    long rank = (long) Math.ceil(share * n);
    long seen = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (seen >= rank && seen > 0) {
        return bucket == 0 ? 0 : Math.min(largest, 2 * Math.pow(GAMMA, bucket - 1) / (GAMMA + 1));
      }
    }
    return 0;
  }
}
