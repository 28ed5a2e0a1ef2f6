package hindcast.local.alerts;

import hindcast.connectors.alert.AlertDelivery;
import hindcast.connectors.alert.Endpoint;
import hindcast.connectors.alert.FileEndpoint;
import hindcast.connectors.alert.HttpEndpoint;
import hindcast.connectors.alert.KafkaAlertSource;
import hindcast.connectors.alert.RetryRule;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.jobs.config.AlertEndpointConfig;
import hindcast.jobs.config.AlertsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The deliveries of a configuration, one thread for each endpoint. */
public final class Deliveries implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final List<AlertDelivery> deliveries = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /** Starts delivering. */
  public Deliveries(AlertsConfig alerts, KafkaSettings kafka) {
    RetryRule rule =
        new RetryRule(
            FIRST_PAUSE,
            alerts.longestPause().compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : alerts.longestPause(),
            alerts.giveUpAfter());
    for (AlertEndpointConfig config : alerts.endpoints()) {
      Endpoint endpoint = endpoint(config, alerts.timeout());
      AlertDelivery delivery =
          new AlertDelivery(
              new KafkaAlertSource(kafka, kafka.groupId() + "-alert-delivery-" + config.id()),
              endpoint,
              rule,
              Path.of(alerts.deadLetters()),
              InstantSource.system(),
              System.nanoTime());
      deliveries.add(delivery);
      threads.add(new Thread(delivery, "deliver-" + config.id()));
    }
    threads.forEach(Thread::start);
  }

  private static Endpoint endpoint(AlertEndpointConfig config, Duration timeout) {
    if (config.kind() == AlertEndpointConfig.Kind.FILE) {
      return new FileEndpoint(config.id(), Path.of(config.file()));
    }
    return new HttpEndpoint(
        config.id(),
        HttpEndpoint.Form.valueOf(config.kind().name()),
        config.urlSecret(),
        config.authorizationSecret(),
        timeout,
        InstantSource.system());
  }

  /** Whether a delivery has ended by itself, which is a failure. */
  public boolean hasFailed() {
    return threads.stream().anyMatch(thread -> !thread.isAlive());
  }

  /** Records that have arrived, over all endpoints. */
  public long delivered() {
    return deliveries.stream().mapToLong(AlertDelivery::delivered).sum();
  }

  /** Records in the dead-letter file. */
  public long undeliverable() {
    return deliveries.stream().mapToLong(AlertDelivery::undeliverable).sum();
  }

  /** Ends each delivery after the attempt at hand. */
  @Override
  public void close() {
    deliveries.forEach(AlertDelivery::stop);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
