package hindcast.simulation;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalDouble;
import java.util.PriorityQueue;

/**
 * What a serving system would write while its logging policy serves a {@link SyntheticWorld}:
 * impressions and rewards, in the order in which they arrive, with the usual accidents.
 *
 * <p>Every message arrives within [0, {@link TrafficSettings#maxDisorderMicros()}] of its event, so
 * the {@link #markerMicros()} may be written to both streams after any message. Copies obey the
 * same bound: they arrive while their original can still be remembered.
 *
 * <p>The sequence is a function of the world, the settings and the start. It ends after the given
 * number of impressions, or after {@link #stop()}, with all that belongs to them. Not safe for use
 * by several threads.
 */
public final class Traffic implements Iterator<TrafficMessage> {
  private static final String REWARD_ID = "click";

  private final SyntheticWorld world;
  private final TrafficSettings settings;
  private final Decisions decisions;
  private final SeededRandom random;
  private final Faults faults;
  private final PriorityQueue<Entry> inTransit =
      new PriorityQueue<>(
          Comparator.comparingLong((Entry entry) -> entry.message.arrivalMicros())
              .thenComparingLong(entry -> entry.sequence));
  private final Map<TrafficKind, Long> counts = new EnumMap<>(TrafficKind.class);

  private Decision upcoming;
  private long impressionsLeft;
  private long sequence;
  private long lastArrivalMicros;
  private long rewardsBeforeImpression;
  private long withoutPropensity;

  private record Entry(TrafficMessage message, long sequence, boolean beforeImpression) {}

  /**
   * A traffic.
   *
   * @param startMicros event time from which impressions are shown
   * @param impressions number of valid impressions, copies not counted; {@link Long#MAX_VALUE} to
   *     go on until {@link #stop()}
   */
  public Traffic(
      SyntheticWorld world, TrafficSettings settings, long startMicros, long impressions) {
    if (impressions < 0) {
      throw new IllegalArgumentException("impressions must be at least 0: " + impressions);
    }
    this.world = world;
    this.settings = settings;
    decisions = new Decisions(world, settings, startMicros);
    random = new SeededRandom(settings.seed(), "transport");
    faults = new Faults(world, new SeededRandom(settings.seed(), "faults"));
    impressionsLeft = impressions;
    lastArrivalMicros = startMicros;
    prepare();
  }

  @Override
  public boolean hasNext() {
    return upcoming != null || !inTransit.isEmpty();
  }

  @Override
  public TrafficMessage next() {
    while (upcoming != null
        && (inTransit.isEmpty()
            || upcoming.eventTimeMicros() <= inTransit.peek().message.arrivalMicros())) {
      send(upcoming);
      prepare();
    }
    Entry entry = inTransit.poll();
    if (entry == null) {
      throw new NoSuchElementException("the traffic has ended; ask hasNext() first");
    }
    count(entry);
    lastArrivalMicros = entry.message.arrivalMicros();
    return entry.message;
  }

  /** Shows nothing more; what is on its way still arrives. */
  public void stop() {
    upcoming = null;
    impressionsLeft = 0;
  }

  /** No later message has a smaller event time, microseconds. */
  public long markerMicros() {
    return lastArrivalMicros - settings.maxDisorderMicros();
  }

  /** What has been handed out so far. */
  public TrafficCounts counts() {
    return new TrafficCounts(counts, rewardsBeforeImpression, withoutPropensity);
  }

  private void prepare() {
    upcoming = impressionsLeft > 0 ? decisions.next() : null;
    impressionsLeft = Math.max(0, impressionsLeft - 1);
  }

  private void send(Decision decision) {
    long time = decision.eventTimeMicros();
    boolean inWindow =
        decision.isRewarded() && decision.rewardDelayMicros() < settings.rewardWindowMicros();
    boolean early = random.happens(settings.earlyRewardShare()) && inWindow;
    long bound = settings.maxDisorderMicros();
    long arrival = early ? time + bound - uniform(bound / 4) : time + transport();
    boolean silent = random.happens(settings.missingPropensityShare());
    sendImpression(decision, TrafficKind.IMPRESSION, arrival, silent);
    if (random.happens(settings.copyShare())) {
      long copyArrival = between(arrival, time + bound);
      sendImpression(decision, TrafficKind.IMPRESSION_COPY, copyArrival, silent);
    }
    if (decision.isRewarded()) {
      sendReward(decision, arrival, inWindow, early);
    }
    if (random.happens(settings.brokenShare())) {
      enqueue(faults.next(time, time + transport()), false);
    }
  }

  private void sendImpression(Decision decision, TrafficKind kind, long arrival, boolean silent) {
    enqueue(
        new SimulatedImpression(
            kind,
            arrival,
            decision.impressionId(),
            decision.eventTimeMicros(),
            world.segment(decision.context()),
            world.context(decision.context()).values(),
            world.catalogue().idOf(decision.item()),
            silent ? OptionalDouble.empty() : OptionalDouble.of(decision.propensity())),
        false);
  }

  private void sendReward(
      Decision decision, long impressionArrival, boolean inWindow, boolean early) {
    long bound = settings.maxDisorderMicros();
    long delay = early ? uniform(bound / 2) : decision.rewardDelayMicros();
    long time = decision.eventTimeMicros() + delay;
    long arrival = time + (early ? uniform(bound / 8) : transport());
    TrafficKind kind = inWindow ? TrafficKind.REWARD : TrafficKind.REWARD_AFTER_WINDOW;
    enqueue(reward(kind, arrival, decision, time), inWindow && arrival < impressionArrival);
    if (inWindow && random.happens(settings.copyShare())) {
      long copyArrival = between(arrival, time + bound);
      enqueue(reward(TrafficKind.REWARD_COPY, copyArrival, decision, time), false);
    }
  }

  private static SimulatedReward reward(
      TrafficKind kind, long arrival, Decision decision, long time) {
    return new SimulatedReward(kind, arrival, decision.impressionId(), REWARD_ID, time, 1);
  }

  private void enqueue(TrafficMessage message, boolean beforeImpression) {
    inTransit.add(new Entry(message, sequence++, beforeImpression));
  }

  private void count(Entry entry) {
    counts.merge(entry.message.kind(), 1L, Long::sum);
    if (entry.beforeImpression) {
      rewardsBeforeImpression++;
    }
    if (entry.message instanceof SimulatedImpression impression
        && impression.kind() == TrafficKind.IMPRESSION
        && impression.propensity().isEmpty()) {
      withoutPropensity++;
    }
  }

  private long transport() {
    return uniform(settings.transportMicros());
  }

  private long between(long from, long to) {
    return from + uniform(to - from);
  }

  /** Uniform in [0, bound], or 0. */
  private long uniform(long bound) {
    return (long) (random.nextDouble() * (bound + 1));
  }
}
