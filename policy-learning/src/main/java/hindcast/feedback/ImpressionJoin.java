package hindcast.feedback;

import hindcast.feedback.JoinDecision.Correction;
import hindcast.feedback.JoinDecision.Fate;
import hindcast.feedback.JoinDecision.Outcome;
import hindcast.feedback.JoinDecision.ReleasedReward;
import hindcast.feedback.JoinState.Phase;
import hindcast.feedback.RewardFunction.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

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
 *   <li>where the formula needs an activation, rewards wait for it; an impression without one when
 *       its window closes is emitted as an outcome that does not count (if there is a horizon), and
 *       without one when the horizon ends it is {@link Rejection#NOT_ACTIVATED}, like the rewards
 *       that waited and those that come later;
 *   <li>the first impression of an id counts, and the first reward of a reward id: a copy changes
 *       nothing, whatever its time or value;
 *   <li>a reward before its impression waits until the watermark reaches its own time + W: then no
 *       impression in time can match it;
 *   <li>a reward outside the window is refused by its time, however late it arrives;
 *   <li>one inside the window that arrives after the close and before the watermark reaches {@code
 *       t + W + H} corrects the outcome; from then on it is {@link Rejection#LATE}. The first
 *       activation makes an outcome count that did not; a further one after the close is late;
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
    if (watermarkMicros >= windowEnd(state)) {
      state.phase = Phase.REFUSED;
      return JoinDecision.reject(Rejection.LATE, giveUpWaiting(state, Long.MAX_VALUE));
    }
    state.phase = Phase.OPEN;
    return new JoinDecision(Fate.HELD, null, settleWaiting(state), null, null);
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
    Rejection rejection = rejection(state, reward, watermarkMicros);
    if (rejection != null) {
      state.refused.add(rewardId);
      return JoinDecision.reject(rejection, List.of());
    }
    if (!formula.isActivated(state.joined.values()) && !formula.activates(kind)) {
      state.held.put(rewardId, reward);
      return JoinDecision.of(Fate.HELD);
    }
    return state.phase == Phase.OPEN ? join(state, reward) : correct(state, reward);
  }

  /** Time passed: closes the window, gives up waiting rewards, forgets what is old. */
  public JoinDecision onTime(JoinState state, long watermarkMicros) {
    JoinDecision decision = JoinDecision.NOTHING;
    if (state.holdsImpression() && watermarkMicros >= horizon(state)) {
      decision = formula.isActivated(state.joined.values()) ? close(state) : giveUp(state);
    } else if (state.phase == Phase.OPEN && watermarkMicros >= windowEnd(state)) {
      decision = close(state);
    } else if (state.phase == Phase.WAITING && !state.held.isEmpty()) {
      decision = JoinDecision.release(giveUpWaiting(state, watermarkMicros));
    }
    if (!state.holdsImpression() && state.held.isEmpty() && watermarkMicros >= state.forgetMicros) {
      state.clear();
    }
    return decision;
  }

  /**
   * The watermark at which {@link #onTime} is due next: the close of the window, the end of the
   * wait of a reward or for an activation, or the time to forget; {@link #NO_TIMER} for empty
   * state.
   */
  public long nextTimer(JoinState state) {
    if (state.isEmpty()) {
      return NO_TIMER;
    }
    if (state.holdsImpression()) {
      return state.phase == Phase.OPEN ? windowEnd(state) : horizon(state);
    }
    long next = state.forgetMicros;
    for (Given reward : state.held.values()) {
      next = Math.min(next, after(reward.timeMicros(), windowMicros));
    }
    return next;
  }

  /** Why a reward does not count; null if it does, or may once there is an activation. */
  private Rejection rejection(JoinState state, Given reward, long watermarkMicros) {
    Rejection outside = outsideWindow(state, reward);
    if (outside != null || state.phase == Phase.NOT_ACTIVATED) {
      return outside == null ? Rejection.NOT_ACTIVATED : outside;
    }
    boolean repeats = state.phase == Phase.CLOSED && formula.activates(reward.kind());
    long end = state.phase == Phase.OPEN ? windowEnd(state) : horizon(state);
    return repeats || watermarkMicros >= end ? Rejection.LATE : null;
  }

  private Rejection outsideWindow(JoinState state, Given reward) {
    if (reward.timeMicros() < state.impressionTimeMicros) {
      return Rejection.BEFORE_IMPRESSION;
    }
    return reward.timeMicros() >= windowEnd(state) ? Rejection.AFTER_WINDOW : null;
  }

  /** Of the rewards that came first, those outside the window are refused, others may join. */
  private List<ReleasedReward> settleWaiting(JoinState state) {
    List<Given> inside =
        state.held.values().stream().filter(given -> outsideWindow(state, given) == null).toList();
    boolean activated = formula.isActivated(inside);
    if (activated) {
      inside.forEach(given -> state.joined.put(given.id(), given));
    }
    return release(
        state,
        given -> activated || outsideWindow(state, given) != null,
        given -> outsideWindow(state, given));
  }

  private JoinDecision join(JoinState state, Given reward) {
    state.joined.put(reward.id(), reward);
    return JoinDecision.join(joinHeld(state));
  }

  private JoinDecision correct(JoinState state, Given reward) {
    Double previous = state.phase == Phase.CLOSED ? formula.unit(state.joined.values()) : null;
    state.phase = Phase.CLOSED;
    state.joined.put(reward.id(), reward);
    List<ReleasedReward> released = joinHeld(state);
    state.revision++;
    return JoinDecision.correct(
        new Correction(
            state.impressionTimeMicros,
            state.revision,
            formula.unit(state.joined.values()),
            previous,
            formula.count(state.joined.values())),
        released);
  }

  private JoinDecision close(JoinState state) {
    boolean activated = formula.isActivated(state.joined.values());
    state.phase = activated ? Phase.CLOSED : Phase.UNACTIVATED;
    return JoinDecision.close(
        new Outcome(
            state.impressionTimeMicros,
            formula.unit(state.joined.values()),
            formula.count(state.joined.values()),
            activated));
  }

  private JoinDecision giveUp(JoinState state) {
    state.phase = Phase.NOT_ACTIVATED;
    return JoinDecision.reject(
        Rejection.NOT_ACTIVATED, release(state, reward -> true, reward -> Rejection.NOT_ACTIVATED));
  }

  private List<ReleasedReward> joinHeld(JoinState state) {
    state.joined.putAll(state.held);
    return release(state, reward -> true, reward -> null);
  }

  private List<ReleasedReward> giveUpWaiting(JoinState state, long watermarkMicros) {
    return release(
        state,
        reward -> watermarkMicros >= after(reward.timeMicros(), windowMicros),
        reward -> Rejection.NO_IMPRESSION);
  }

  /** Rewards that are no longer held; those with a rejection are known as refused. */
  private static List<ReleasedReward> release(
      JoinState state, Predicate<Given> which, Function<Given, Rejection> rejectionOf) {
    List<ReleasedReward> released = new ArrayList<>();
    for (Given reward : state.held.values()) {
      if (which.test(reward)) {
        Rejection rejection = rejectionOf.apply(reward);
        released.add(new ReleasedReward(reward.id(), rejection));
        if (rejection != null) {
          state.refused.add(reward.id());
        }
      }
    }
    released.forEach(reward -> state.held.remove(reward.rewardId()));
    return released;
  }

  private long windowEnd(JoinState state) {
    return after(state.impressionTimeMicros, windowMicros);
  }

  private long horizon(JoinState state) {
    return after(windowEnd(state), horizonMicros);
  }

  private void remember(JoinState state, long closeMicros) {
    state.forgetMicros = Math.max(state.forgetMicros, after(closeMicros, memoryMicros));
  }

  private static long after(long micros, long duration) {
    long sum = micros + duration;
    return sum < micros ? Long.MAX_VALUE : sum;
  }
}
