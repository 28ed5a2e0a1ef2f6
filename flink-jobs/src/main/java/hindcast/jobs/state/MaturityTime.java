package hindcast.jobs.state;

import java.io.Serializable;

/**
 * Maturity time: when the rewards of an impression are complete, impression time plus reward
 * window, in milliseconds. Feedback carries it as its timestamp, so timers and windows are set in
 * it.
 *
 * @param rewardWindowMillis how long an impression waits for its rewards
 */
public record MaturityTime(long rewardWindowMillis) implements Serializable {

  /** The maturity time of an impression time. */
  public long of(long impressionTimeMillis) {
    return impressionTimeMillis + rewardWindowMillis;
  }

  /** The impression time that matures at a time. */
  public long impressionTime(long maturityMillis) {
    return maturityMillis - rewardWindowMillis;
  }

  /** The first multiple of a period after an impression time, both in impression time. */
  public static long nextBoundary(long impressionTimeMillis, long periodMillis) {
    return (Math.floorDiv(impressionTimeMillis, periodMillis) + 1) * periodMillis;
  }
}
