package hindcast.catalogue;

/**
 * Running recall@K of an index, from searches that were repeated exactly, with a floor.
 *
 * <pre>recall of one search = #{found : score ≥ the K-th largest score of all} / K</pre>
 *
 * Recall is counted by value: an item that ties with a true one is as good as that one; scores
 * within a relative 10⁻⁵ tie, since indexes work in single precision. Where there are fewer than K
 * items, K is their number.
 *
 * <p>{@link #recall} is the mean over the last {@code window} searches. It alarms while that mean
 * is below the floor, from the {@link #FEWEST}th search on. Safe for use by several threads.
 */
public final class RecallProbe {
  /** Searches before there can be an alarm. */
  public static final int FEWEST = 20;

  private final int k;
  private final double floor;
  private final double[] recent;
  private long probes;
  private double sum;
  private long alarms;
  private boolean alarming;

  /**
   * A probe that has seen nothing.
   *
   * @param k K, at least 1
   * @param floor recall below which it alarms, in [0, 1]
   * @param window searches the mean goes over, at least {@link #FEWEST}
   */
  public RecallProbe(int k, double floor, int window) {
    if (k < 1) {
      throw new IllegalArgumentException("recall@K needs K of at least 1: " + k);
    }
    if (!(floor >= 0 && floor <= 1)) {
      throw new IllegalArgumentException("recall floor must be in [0, 1]: " + floor);
    }
    if (window < FEWEST) {
      throw new IllegalArgumentException(
          "window of a recall probe must be at least " + FEWEST + ": " + window);
    }
    this.k = k;
    this.floor = floor;
    this.recent = new double[window];
  }

  /** K. */
  public int k() {
    return k;
  }

  /**
   * Recall of one search.
   *
   * @param found scores of the items found, in any order
   * @param count how many were found
   * @param best the largest scores of all items, falling: min(K, P) of them
   */
  public static double recall(double[] found, int count, double[] best) {
    if (best.length == 0) {
      return 1;
    }
    double last = best[best.length - 1];
    double bar = last - 1e-5 * Math.max(Math.abs(last), Math.abs(best[0]));
    int hits = 0;
    for (int j = 0; j < count; j++) {
      hits += found[j] >= bar ? 1 : 0;
    }
    return Math.min(1, hits / (double) best.length);
  }

  /** Takes the recall of one more search into the mean; returns whether it alarms now. */
  public synchronized boolean add(double recall) {
    if (!(recall >= 0 && recall <= 1)) {
      throw new IllegalArgumentException("recall must be in [0, 1]: " + recall);
    }
    int at = (int) (probes % recent.length);
    recent[at] = recall;
    probes++;
    sum = 0;
    for (double one : recent) {
      sum += one;
    }
    boolean below = probes >= FEWEST && recall() < floor;
    alarms += below && !alarming ? 1 : 0;
    alarming = below;
    return below;
  }

  /** Forgets past searches, when an index has been replaced; alarms stay counted. */
  public synchronized void restart() {
    java.util.Arrays.fill(recent, 0);
    probes = 0;
    sum = 0;
    alarming = false;
  }

  /** Mean recall over the last searches; 1 before the first. */
  public synchronized double recall() {
    return probes == 0 ? 1 : sum / Math.min(probes, recent.length);
  }

  /** Searches since the start or the last restart. */
  public synchronized long probes() {
    return probes;
  }

  /** Whether recall is below the floor. */
  public synchronized boolean alarming() {
    return alarming;
  }

  /** How often it fell below the floor. */
  public synchronized long alarms() {
    return alarms;
  }
}
