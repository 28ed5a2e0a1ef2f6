package hindcast.local.traffic;

import hindcast.avro.Impression;
import hindcast.avro.InputStream;
import hindcast.avro.Reward;
import hindcast.connectors.avro.AvroMapping;
import hindcast.simulation.BrokenRecord;
import hindcast.simulation.SimulatedImpression;
import hindcast.simulation.SimulatedReward;
import hindcast.simulation.SyntheticWorld;
import hindcast.simulation.Traffic;
import hindcast.simulation.TrafficKind;
import hindcast.simulation.TrafficMessage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends simulated traffic at its own pace: event time is the wall clock shifted by a constant,
 * every message is sent when it arrives, and a time marker goes to every input partition each
 * second.
 *
 * <p>Where the machine is too slow the feeder lags and loses nothing. After the last impression is
 * due, what is still on its way is sent at once, so that a bounded run does not wait for the last
 * rewards.
 */
public final class TrafficFeeder implements Runnable {

  private static final long SECOND = 1_000_000;

  private final Traffic traffic;
  private final InputFeed feed;
  private final Plan plan;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong impressions = new AtomicLong();
  private volatile boolean stopped;

  /**
   * What is sent when.
   *
   * @param idPrefix put before every impression id, so that another run on the same topics repeats
   *     none
   * @param startMicros event time at which the traffic starts
   * @param endMicros event time after which nothing is waited for; {@link Long#MAX_VALUE} if
   *     unbounded
   * @param maxDisorderMicros how long after its event a message may arrive
   * @param closing whether the partitions are closed at the end; else a last marker moves event
   *     time on by {@code restMicros}
   * @param restMicros event time in which every window closes
   */
  public record Plan(
      String idPrefix,
      long startMicros,
      long endMicros,
      long maxDisorderMicros,
      boolean closing,
      long restMicros) {}

  public TrafficFeeder(Traffic traffic, InputFeed feed, Plan plan) {
    this.traffic = traffic;
    this.feed = feed;
    this.plan = plan;
  }

  /** Messages sent so far, time markers not counted. */
  public long sent() {
    return sent.get();
  }

  /** Of these, the ones on their way to the impressions. */
  public long impressions() {
    return impressions.get();
  }

  /** Stops where it is: what is on its way is not sent and nothing is closed. */
  public void stop() {
    stopped = true;
  }

  /** Sends everything, then the end. Returns early after {@link #stop()} or an interruption. */
  @Override
  public void run() {
    long wallStart = System.nanoTime();
    long nextMarker = plan.startMicros();
    long last = plan.startMicros();
    try {
      while (!stopped && traffic.hasNext()) {
        TrafficMessage message = traffic.next();
        while (!stopped && nextMarker <= message.arrivalMicros()) {
          waitUntil(nextMarker, wallStart);
          feed.marker(nextMarker - plan.maxDisorderMicros());
          nextMarker += SECOND;
        }
        waitUntil(message.arrivalMicros(), wallStart);
        if (stopped) {
          return;
        }
        send(message);
        sent.incrementAndGet();
        if (message.kind().stream() == TrafficKind.Stream.IMPRESSIONS) {
          impressions.incrementAndGet();
        }
        last = message.arrivalMicros();
      }
      end(last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end(long lastMicros) {
    if (stopped) {
      return;
    }
    if (plan.closing()) {
      feed.closing(lastMicros);
    } else {
      feed.marker(lastMicros + plan.restMicros());
    }
    feed.flush();
  }

  private void waitUntil(long eventMicros, long wallStart) throws InterruptedException {
    if (eventMicros >= plan.endMicros()) {
      return;
    }
    long dueNanos = wallStart + TimeUnit.MICROSECONDS.toNanos(eventMicros - plan.startMicros());
    long left = dueNanos - System.nanoTime();
    while (left > 0 && !stopped) {
      TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(200)));
      left = dueNanos - System.nanoTime();
    }
  }

  private void send(TrafficMessage message) {
    if (message instanceof SimulatedImpression impression) {
      feed.send(impression(impression));
    } else if (message instanceof SimulatedReward reward) {
      feed.send(reward(reward));
    } else if (message instanceof BrokenRecord broken) {
      boolean impression = broken.kind().stream() == TrafficKind.Stream.IMPRESSIONS;
      feed.sendBytes(
          impression ? InputStream.IMPRESSIONS : InputStream.REWARDS, null, broken.bytes());
    }
  }

  private Impression impression(SimulatedImpression impression) {
    return Impression.newBuilder()
        .setImpressionId(plan.idPrefix() + impression.impressionId())
        .setEventTimeMicros(impression.eventTimeMicros())
        .setSegment(impression.segment())
        .setContext(new hindcast.avro.Context(AvroMapping.pack(impression.features()), null))
        .setItemId(impression.itemId())
        .setPropensity(
            impression.propensity().isPresent() ? impression.propensity().getAsDouble() : null)
        .setPolicyId(SyntheticWorld.LOGGING_POLICY_ID)
        .setPolicyVersion(0)
        .build();
  }

  private Reward reward(SimulatedReward reward) {
    return Reward.newBuilder()
        .setImpressionId(plan.idPrefix() + reward.impressionId())
        .setRewardId(reward.rewardId())
        .setEventTimeMicros(reward.eventTimeMicros())
        .setValue(reward.value())
        .build();
  }
}
