package hindcast.evaluation;

/**
 * How long the windows are for which a slice's sums are stored, and when short ones give way to
 * long ones. All in microseconds of impression time.
 *
 * <pre>
 * short window of t  = [k L, (k + 1) L),  k = floor(t / L)        L = lengthMicros
 * long window of t   = [k M, (k + 1) M),  k = floor(t / M)        M = longMicros, a multiple of L
 * short windows are dropped once the long one that holds them ended compactAfterMicros ago
 * </pre>
 *
 * @param lengthMicros length of a short window, above 0
 * @param longMicros length of a long one: a whole multiple of it
 * @param compactAfterMicros age of a long window at which its short ones are dropped, at least 0
 * @param sliding how many whole short windows the sliding value is over, at least 1
 */
public record WindowPlan(long lengthMicros, long longMicros, long compactAfterMicros, int sliding) {
  public WindowPlan {
    if (lengthMicros <= 0) {
      throw new IllegalArgumentException("a window must be longer than 0: " + lengthMicros + " us");
    }
    if (longMicros < lengthMicros || longMicros % lengthMicros != 0) {
      throw new IllegalArgumentException(
          "a long window must be a whole multiple of "
              + lengthMicros
              + " us, the length of a short one: "
              + longMicros
              + " us");
    }
    if (compactAfterMicros < 0) {
      throw new IllegalArgumentException(
          "the age of compaction must be at least 0: " + compactAfterMicros + " us");
    }
    if (sliding < 1) {
      throw new IllegalArgumentException(
          "a sliding value must be over at least 1 window: " + sliding);
    }
  }

  /** Whether there are long windows at all. */
  public boolean isCompacting() {
    return longMicros > lengthMicros;
  }

  /** Start of the short window that holds the outcomes of a minibatch window ending then. */
  long startOf(long partEndMicros) {
    return Math.floorDiv(partEndMicros - 1, lengthMicros) * lengthMicros;
  }

  /** Start of the long window that holds a short one. */
  long longStartOf(long startMicros) {
    return Math.floorDiv(startMicros, longMicros) * longMicros;
  }
}
