package hindcast.feedback;

import hindcast.feedback.JoinDecision.Fate;
import hindcast.feedback.JoinDecision.Outcome;
import hindcast.feedback.JoinDecision.ReleasedReward;
import hindcast.feedback.JoinState.HeldReward;
import hindcast.feedback.JoinState.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Joins an impression with its rewards, for one impression id at a time, in event time.
 *
 * <p>Rule, with t the impression's time and W the reward window:
 *
 * <ul>
 *   <li>a reward counts iff {@code t <= its time < t + W};
 *   <li>the outcome is emitted once, when the watermark reaches {@code t + W}; only then is a
 *       missing reward a zero;
 *   <li>{@code r} = sum over distinct reward ids, clipped to the reward range and scaled to [0, 1];
 *   <li>the first impression of an id counts, and the first reward of a reward id: a copy changes
 *       nothing, whatever its time or value;
 *   <li>a reward before its impression waits until the watermark reaches its own time + W: then no
 *       impression in time can match it;
 *   <li>a reward outside the window is refused by its time, however late it arrives; one inside the
 *       window that arrives after the close is {@link Rejection#LATE};
 *   <li>an impression that arrives when the watermark is at {@code t + W} or beyond is late and
 *       emits nothing; the rewards that waited for it are refused as {@link
 *       Rejection#NO_IMPRESSION}.
 * </ul>
 *
 * <p>A closed id is remembered for {@code memory} more event time, so that late copies are told
 * from new records; after that a late copy of the impression is still refused as late.
 *
 * <p>The caller owns one {@link JoinState} for each id and calls {@link #onTime} when the watermark
 * reaches {@link #nextTimer}. The watermark is in microseconds and states that no record with this
 * or an earlier event time is still to come. Instances are immutable and can be shared.
 */
public final class ImpressionJoin {
  /** Returned by {@link #nextTimer} when nothing is to come. */
  public static final long NO_TIMER = Long.MAX_VALUE;

  private final long windowMicros;
  private final long memoryMicros;
  private final RewardRange rewardRange;

  /**
   * @param windowMicros W, above 0
   * @param memoryMicros how long a closed id is remembered, at least 0
   * @param rewardRange range of the sum of rewards in the user's unit
   */
  public ImpressionJoin(long windowMicros, long memoryMicros, RewardRange rewardRange) {
    if (windowMicros <= 0) {
      throw new IllegalArgumentException(
          "reward window must be above 0: " + windowMicros + " microseconds");
    }
    if (memoryMicros < 0) {
      throw new IllegalArgumentException(
          "memory of closed impressions must be at least 0: " + memoryMicros + " microseconds");
    }
    this.windowMicros = windowMicros;
    this.memoryMicros = memoryMicros;
    this.rewardRange = rewardRange;
  }

  /** An impression arrived: it is held, a duplicate, or late. */
  public JoinDecision onImpression(JoinState state, long timeMicros, long watermarkMicros) {
    if (state.phase != Phase.WAITING) {
      return JoinDecision.of(Fate.DUPLICATE);
    }
    state.impressionTimeMicros = timeMicros;
    remember(state, after(timeMicros, windowMicros));
    if (watermarkMicros >= after(timeMicros, windowMicros)) {
      state.phase = Phase.REFUSED;
      return JoinDecision.reject(Rejection.LATE, release(state, Long.MAX_VALUE));
    }
    state.phase = Phase.OPEN;
    List<ReleasedReward> released = new ArrayList<>(state.held.size());
    for (Map.Entry<String, HeldReward> reward : state.held.entrySet()) {
      released.add(
          new ReleasedReward(
              reward.getKey(), settle(state, reward.getKey(), reward.getValue(), watermarkMicros)));
    }
    state.held.clear();
    return new JoinDecision(Fate.HELD, null, released, null);
  }

  /** A reward arrived: it is joined, held, a duplicate, or refused. */
  public JoinDecision onReward(
      JoinState state, String rewardId, long timeMicros, double value, long watermarkMicros) {
    if (state.knows(rewardId)) {
      return JoinDecision.of(Fate.DUPLICATE);
    }
    HeldReward reward = new HeldReward(timeMicros, value);
    if (state.phase == Phase.WAITING && watermarkMicros < after(timeMicros, windowMicros)) {
      state.held.put(rewardId, reward);
      remember(state, after(timeMicros, windowMicros));
      return JoinDecision.of(Fate.HELD);
    }
    Rejection rejection;
    if (state.phase == Phase.WAITING || state.phase == Phase.REFUSED) {
      state.refused.add(rewardId);
      remember(state, after(timeMicros, windowMicros));
      rejection = Rejection.NO_IMPRESSION;
    } else {
      rejection = settle(state, rewardId, reward, watermarkMicros);
    }
    return rejection == null
        ? JoinDecision.of(Fate.JOINED)
        : JoinDecision.reject(rejection, List.of());
  }

  /** Time passed: closes the window, gives up waiting rewards, forgets what is old. */
  public JoinDecision onTime(JoinState state, long watermarkMicros) {
    JoinDecision decision = JoinDecision.NOTHING;
    if (state.phase == Phase.OPEN
        && watermarkMicros >= after(state.impressionTimeMicros, windowMicros)) {
      state.phase = Phase.CLOSED;
      decision = new JoinDecision(null, null, List.of(), outcome(state));
    } else if (state.phase == Phase.WAITING && !state.held.isEmpty()) {
      decision = new JoinDecision(null, null, release(state, watermarkMicros), null);
    }
    if (state.phase != Phase.OPEN
        && state.held.isEmpty()
        && watermarkMicros >= state.forgetMicros) {
      state.clear();
    }
    return decision;
  }

  /**
   * The watermark at which {@link #onTime} is due next: the close of the window, the end of the
   * wait of a reward, or the time to forget; {@link #NO_TIMER} for empty state.
   */
  public long nextTimer(JoinState state) {
    if (state.isEmpty()) {
      return NO_TIMER;
    }
    if (state.phase == Phase.OPEN) {
      return after(state.impressionTimeMicros, windowMicros);
    }
    long next = state.forgetMicros;
    for (HeldReward reward : state.held.values()) {
      next = Math.min(next, after(reward.timeMicros(), windowMicros));
    }
    return next;
  }

  private Rejection settle(
      JoinState state, String rewardId, HeldReward reward, long watermarkMicros) {
    long end = after(state.impressionTimeMicros, windowMicros);
    Rejection rejection = null;
    if (reward.timeMicros() < state.impressionTimeMicros) {
      rejection = Rejection.BEFORE_IMPRESSION;
    } else if (reward.timeMicros() >= end) {
      rejection = Rejection.AFTER_WINDOW;
    } else if (state.phase == Phase.CLOSED || watermarkMicros >= end) {
      rejection = Rejection.LATE;
    }
    if (rejection == null) {
      state.joined.put(rewardId, reward.value());
    } else {
      state.refused.add(rewardId);
    }
    return rejection;
  }

  private List<ReleasedReward> release(JoinState state, long watermarkMicros) {
    List<ReleasedReward> released = new ArrayList<>();
    for (Map.Entry<String, HeldReward> reward : state.held.entrySet()) {
      if (watermarkMicros >= after(reward.getValue().timeMicros(), windowMicros)) {
        released.add(new ReleasedReward(reward.getKey(), Rejection.NO_IMPRESSION));
        state.refused.add(reward.getKey());
      }
    }
    for (ReleasedReward reward : released) {
      state.held.remove(reward.rewardId());
    }
    return released;
  }

  private Outcome outcome(JoinState state) {
    double sum = 0;
    for (double value : state.joined.values()) {
      sum += value;
    }
    return new Outcome(state.impressionTimeMicros, rewardRange.toUnit(sum), state.joined.size());
  }

  private void remember(JoinState state, long closeMicros) {
    state.forgetMicros = Math.max(state.forgetMicros, after(closeMicros, memoryMicros));
  }

  private static long after(long micros, long duration) {
    long sum = micros + duration;
    return sum < micros ? Long.MAX_VALUE : sum;
  }
}
