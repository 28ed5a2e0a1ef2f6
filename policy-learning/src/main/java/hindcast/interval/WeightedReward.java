package hindcast.interval;

/** What sequences, bounds and tests accept of an event: a weight and a reward. */
public final class WeightedReward {
  /** Largest accepted importance weight. */
  public static final double LARGEST_WEIGHT = 1e80;

  private WeightedReward() {}

  /**
   * Refuses what is not an event.
   *
   * @param weight w, in [0, 1e80]
   * @param reward r, in [0, 1]
   */
  public static void check(double weight, double reward) {
    if (!(weight >= 0 && weight <= LARGEST_WEIGHT)) {
      throw new IllegalArgumentException("weight must be in [0, 1e80]: " + weight);
    }
    if (!(reward >= 0 && reward <= 1)) {
      throw new IllegalArgumentException("reward must be in [0, 1]: " + reward);
    }
  }
}
