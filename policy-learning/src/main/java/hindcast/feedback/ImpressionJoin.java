package hindcast.feedback;

import hindcast.feedback.JoinDecision.Correction;
import hindcast.feedback.JoinDecision.Fate;
import hindcast.feedback.JoinDecision.Outcome;
import hindcast.feedback.JoinDecision.ReleasedReward;
import hindcast.feedback.JoinState.Phase;
import hindcast.feedback.RewardFunction.Given;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins an impression with its rewards, for one impression id at a time, in event time.
 *
 * <p>Rule, with t the impression's time, W the reward window and H the correction horizon:
 *
 * <ul>
 *   <li>a reward counts iff {@code t <= its time < t + W};
 *   <li>the outcome is emitted once, when the watermark reaches {@code t + W}; only then is a
 *       missing reward a zero;
 *   <li>{@code r} = {@link RewardFormula} of the distinct reward ids, in [0, 1];
 *   <li>where the formula needs an activation and none counts when the window closes, no outcome is
 *       emitted: the impression is {@link Rejection#NOT_ACTIVATED};
 *   <li>the first impression of an id counts, and the first reward of a reward id: a copy changes
 *       nothing, whatever its time or value;
 *   <li>a reward before its impression waits until the watermark reaches its own time + W: then no
 *       impression in time can match it;
 *   <li>a reward outside the window is refused by its time, however late it arrives;
 *   <li>one inside the window that arrives after the close and before the watermark reaches {@code
 *       t + W + H} corrects the outcome; from then on it is {@link Rejection#LATE}. Activations do
 *       not correct: the impression is an outcome already, or {@link Rejection#NOT_ACTIVATED};
 *   <li>an impression that arrives when the watermark is at {@code t + W} or beyond is late and
 *       emits nothing; the rewards that waited for it are refused as {@link
 *       Rejection#NO_IMPRESSION}.
 * </ul>
 *
 * <p>A closed id is remembered for H and {@code memory} more event time, so that late copies are
 * told from new records; after that a late copy of the impression is still refused as late.
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
  private final long horizonMicros;
  private final RewardFormula formula;

  /** A join that adds up the rewards of an impression and corrects nothing. */
  public ImpressionJoin(long windowMicros, long memoryMicros, RewardRange rewardRange) {
    this(windowMicros, memoryMicros, 0, RewardFormula.sum(rewardRange));
  }

  /**
   * @param windowMicros W, above 0
   * @param memoryMicros how long a closed id is remembered after its horizon, at least 0
   * @param horizonMicros H, how long after the close an outcome can be corrected; 0 for never
   * @param formula what the rewards of an impression amount to
   */
  public ImpressionJoin(
      long windowMicros, long memoryMicros, long horizonMicros, RewardFormula formula) {
    if (windowMicros <= 0) {
      throw new IllegalArgumentException(
          "reward window must be above 0: " + windowMicros + " microseconds");
    }
    if (memoryMicros < 0) {
      throw new IllegalArgumentException(
          "memory of closed impressions must be at least 0: " + memoryMicros + " microseconds");
    }
    if (horizonMicros < 0) {
      throw new IllegalArgumentException(
          "correction horizon must be at least 0: " + horizonMicros + " microseconds");
    }
    this.windowMicros = windowMicros;
    this.memoryMicros = after(memoryMicros, horizonMicros);
    this.horizonMicros = horizonMicros;
    this.formula = formula;
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
    for (Given reward : state.held.values()) {
      released.add(new ReleasedReward(reward.id(), settle(state, reward, watermarkMicros)));
    }
    state.held.clear();
    return new JoinDecision(Fate.HELD, null, released, null, null);
  }

  /** A reward without a kind arrived. */
  public JoinDecision onReward(
      JoinState state, String rewardId, long timeMicros, double value, long watermarkMicros) {
    return onReward(state, rewardId, "", timeMicros, value, watermarkMicros);
  }

  /** A reward arrived: it is joined, held, a correction, a duplicate, or refused. */
  public JoinDecision onReward(
      JoinState state,
      String rewardId,
      String kind,
      long timeMicros,
      double value,
      long watermarkMicros) {
    if (state.knows(rewardId)) {
      return JoinDecision.of(Fate.DUPLICATE);
    }
    Given reward = new Given(kind, rewardId, timeMicros, value);
    if (state.phase == Phase.WAITING && watermarkMicros < after(timeMicros, windowMicros)) {
      state.held.put(rewardId, reward);
      remember(state, after(timeMicros, windowMicros));
      return JoinDecision.of(Fate.HELD);
    }
    if (state.phase == Phase.WAITING || state.phase == Phase.REFUSED) {
      state.refused.add(rewardId);
      remember(state, after(timeMicros, windowMicros));
      return JoinDecision.reject(Rejection.NO_IMPRESSION, List.of());
    }
    if (isCorrection(state, reward, watermarkMicros)) {
      return JoinDecision.correct(correct(state, reward));
    }
    Rejection rejection = settle(state, reward, watermarkMicros);
    return rejection == null
        ? JoinDecision.of(Fate.JOINED)
        : JoinDecision.reject(rejection, List.of());
  }

  /** Time passed: closes the window, gives up waiting rewards, forgets what is old. */
  public JoinDecision onTime(JoinState state, long watermarkMicros) {
    JoinDecision decision = JoinDecision.NOTHING;
    if (state.phase == Phase.OPEN
        && watermarkMicros >= after(state.impressionTimeMicros, windowMicros)) {
      decision = close(state);
    } else if (state.phase == Phase.WAITING && !state.held.isEmpty()) {
      decision = JoinDecision.release(release(state, watermarkMicros));
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
    for (Given reward : state.held.values()) {
      next = Math.min(next, after(reward.timeMicros(), windowMicros));
    }
    return next;
  }

  /** Why a reward does not count; null if it does, in an open window. */
  private Rejection settle(JoinState state, Given reward, long watermarkMicros) {
    Rejection rejection = outsideWindow(state, reward);
    if (rejection == null
        && state.phase == Phase.OPEN
        && watermarkMicros < after(state.impressionTimeMicros, windowMicros)) {
      state.joined.put(reward.id(), reward);
      return null;
    }
    state.refused.add(reward.id());
    if (rejection != null) {
      return rejection;
    }
    return state.phase == Phase.NOT_ACTIVATED ? Rejection.NOT_ACTIVATED : Rejection.LATE;
  }

  private Rejection outsideWindow(JoinState state, Given reward) {
    if (reward.timeMicros() < state.impressionTimeMicros) {
      return Rejection.BEFORE_IMPRESSION;
    }
    return reward.timeMicros() >= after(state.impressionTimeMicros, windowMicros)
        ? Rejection.AFTER_WINDOW
        : null;
  }

  private boolean isCorrection(JoinState state, Given reward, long watermarkMicros) {
    long horizon = after(after(state.impressionTimeMicros, windowMicros), horizonMicros);
    return state.phase == Phase.CLOSED
        && watermarkMicros < horizon
        && !formula.activates(reward.kind())
        && outsideWindow(state, reward) == null;
  }

  private Correction correct(JoinState state, Given reward) {
    double previous = formula.unit(state.joined.values());
    state.joined.put(reward.id(), reward);
    state.revision++;
    return new Correction(
        state.impressionTimeMicros,
        state.revision,
        formula.unit(state.joined.values()),
        previous,
        formula.count(state.joined.values()));
  }

  private JoinDecision close(JoinState state) {
    if (!formula.isActivated(state.joined.values())) {
      state.phase = Phase.NOT_ACTIVATED;
      return JoinDecision.reject(Rejection.NOT_ACTIVATED, List.of());
    }
    state.phase = Phase.CLOSED;
    return JoinDecision.close(
        new Outcome(
            state.impressionTimeMicros,
            formula.unit(state.joined.values()),
            formula.count(state.joined.values())));
  }

  private List<ReleasedReward> release(JoinState state, long watermarkMicros) {
    List<ReleasedReward> released = new ArrayList<>();
    for (Given reward : state.held.values()) {
      if (watermarkMicros >= after(reward.timeMicros(), windowMicros)) {
        released.add(new ReleasedReward(reward.id(), Rejection.NO_IMPRESSION));
        state.refused.add(reward.id());
      }
    }
    for (ReleasedReward reward : released) {
      state.held.remove(reward.rewardId());
    }
    return released;
  }

  private void remember(JoinState state, long closeMicros) {
    state.forgetMicros = Math.max(state.forgetMicros, after(closeMicros, memoryMicros));
  }

  private static long after(long micros, long duration) {
    long sum = micros + duration;
    return sum < micros ? Long.MAX_VALUE : sum;
  }
}
