package hindcast.simulation;

/**
 * One decision of the logging policy and what comes of it.
 *
 * @param number from 0, in order of time
 * @param eventTimeMicros when
 * @param context m, the context
 * @param item a, the item
 * @param propensity π₀(a|x)
 * @param rewardDelayMicros time from decision to reward, or {@link #NONE}
 */
record Decision(
    long number,
    long eventTimeMicros,
    int context,
    int item,
    double propensity,
    long rewardDelayMicros) {

  /** The decision is never rewarded. */
  static final long NONE = -1;

  boolean isRewarded() {
    return rewardDelayMicros != NONE;
  }

  String impressionId() {
    return "impression-" + ZeroPadded.text(number, 12);
  }
}
