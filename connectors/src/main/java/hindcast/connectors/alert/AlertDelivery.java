package hindcast.connectors.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hindcast.avro.Alert;
import hindcast.avro.AlertState;
import hindcast.connectors.alert.AlertSource.Positioned;
import hindcast.connectors.alert.DeliveryQueue.Pending;
import hindcast.connectors.alert.Endpoint.Attempt;
import hindcast.connectors.alert.Endpoint.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers every record of [regression-alerts] to one endpoint, at least once and in order for each
 * alert; for one thread.
 *
 * <p>A record that does not arrive is tried again as {@link RetryRule} says. One that is refused or
 * has not arrived in time is appended to the dead-letter file with the reason; if that file cannot
 * be written, it stays. Offsets are committed only below what is settled, so a restart goes on
 * where delivery stood. At most {@value #MOST_PENDING} records are held; the rest waits in the
 * topic.
 */
public final class AlertDelivery implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertDelivery.class);
  private static final Duration WAIT = Duration.ofMillis(100);
  private static final int MOST_PENDING = 10_000;

  private final AlertSource source;
  private final Endpoint endpoint;
  private final RetryRule rule;
  private final JsonLines deadLetters;
  private final InstantSource clock;
  private final SplittableRandom random;
  private final AlertBoard board = new AlertBoard();
  private final DeliveryQueue queue = new DeliveryQueue();
  private final Map<String, Alert> standing = new TreeMap<>();
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong undeliverable = new AtomicLong();
  private final AtomicLong unreadable = new AtomicLong();
  private Map<Integer, Long> committed = Map.of();
  private long repeatDue;
  private volatile boolean stopped;

  /**
   * @param seed of the random part of pauses
   */
  public AlertDelivery(
      AlertSource source,
      Endpoint endpoint,
      RetryRule rule,
      Path deadLetters,
      InstantSource clock,
      long seed) {
    this.source = source;
    this.endpoint = endpoint;
    this.rule = rule;
    this.deadLetters = new JsonLines(deadLetters);
    this.clock = clock;
    this.random = new SplittableRandom(seed);
  }

  /** Delivers until {@link #stop} is called or the thread is interrupted. */
  @Override
  public void run() {
    try (source) {
      while (!stopped) {
        step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends {@link #run} after the attempt at hand. */
  public void stop() {
    stopped = true;
  }

  private void step() throws InterruptedException {
    if (queue.size() < MOST_PENDING) {
      source.poll(queue.due(clock.millis()) == null ? WAIT : Duration.ZERO).forEach(this::take);
    } else if (queue.due(clock.millis()) == null) {
      Thread.sleep(WAIT.toMillis());
    }
    Pending due = queue.due(clock.millis());
    if (due != null) {
      attempt(due);
    }
    repeat();
    Map<Integer, Long> settled = queue.settledBelow();
    if (!settled.equals(committed) && source.commit(settled)) {
      committed = settled;
    }
  }

  private void take(Positioned at) {
    queue.read(at.partition(), at.offset());
    if (at.record() == null) {
      unreadable.incrementAndGet();
      LOG.warn("Alert record {}-{} cannot be read.", at.partition(), at.offset());
      return;
    }
    board
        .accept(at.record())
        .ifPresent(
            alert -> {
              if (at.isSettled()) {
                remember(alert);
              } else {
                queue.add(new Pending(alert, at.partition(), at.offset()));
              }
            });
  }

  private void attempt(Pending pending) throws InterruptedException {
    pending.tried(clock.millis());
    Attempt attempt = endpoint.send(pending.alert());
    long now = clock.millis();
    if (attempt.outcome() == Outcome.DELIVERED) {
      queue.settle(pending);
      remember(pending.alert());
      delivered.incrementAndGet();
    } else if (attempt.outcome() == Outcome.REFUSED
        || pending.age(now) >= rule.giveUpAfter().toMillis()) {
      giveUp(pending, attempt.reason(), now);
    } else {
      later(pending, attempt.reason(), now);
    }
  }

  private void later(Pending pending, String reason, long now) {
    long pause = rule.pauseMillis(pending.attempts(), random);
    pending.waitUntil(now + pause);
    LOG.warn(
        "Endpoint {} has not taken {} at attempt {}: {}; next in {} ms.",
        endpoint.id(),
        pending.alert().getAlertId(),
        pending.attempts(),
        reason,
        pause);
  }

  private void giveUp(Pending pending, String reason, long now) {
    ObjectNode letter = JsonNodeFactory.instance.objectNode();
    letter.put("endpoint", endpoint.id());
    letter.put("reason", reason);
    letter.put("attempts", pending.attempts());
    letter.put("time", clock.instant().toString());
    letter.set("alert", AlertJson.whole(pending.alert()));
    try {
      deadLetters.append(letter);
    } catch (IOException e) {
      later(pending, reason + ", dead-letter file: " + e.getClass().getSimpleName(), now);
      return;
    }
    queue.settle(pending);
    undeliverable.incrementAndGet();
    LOG.error(
        "Endpoint {} does not take {}: {}; it is in the dead-letter file.",
        endpoint.id(),
        pending.alert().getAlertId(),
        reason);
  }

  private void remember(Alert alert) {
    if (alert.getState() == AlertState.ENDED) {
      standing.remove(alert.getAlertId());
    } else {
      standing.put(alert.getAlertId(), alert);
    }
  }

  private void repeat() throws InterruptedException {
    long every = endpoint.repeatEvery().toMillis();
    if (every > 0 && clock.millis() >= repeatDue) {
      repeatDue = clock.millis() + every;
      if (!standing.isEmpty()) {
        endpoint.repeat(List.copyOf(standing.values()));
      }
    }
  }

  /** Records that have arrived. */
  public long delivered() {
    return delivered.get();
  }

  /** Records in the dead-letter file. */
  public long undeliverable() {
    return undeliverable.get();
  }

  /** Records of the topic that could not be read. */
  public long unreadable() {
    return unreadable.get();
  }
}
