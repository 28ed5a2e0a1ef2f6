package hindcast.connectors.kafka;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How to reach Kafka and how to behave there.
 *
 * @param bootstrapServers {@code host:port,...}
 * @param properties passed to every client as they are, for example for TLS and SASL; secrets among
 *     them are never printed
 * @param topics names of the topics
 * @param groupId consumer group under which offsets are committed for monitoring; positions are
 *     Flink's
 * @param transactionalIdPrefix begins every transactional id; unique to a job and stable for ever
 * @param transactionTimeout how long the broker keeps a transaction open; longer than a checkpoint
 *     interval and the longest outage
 * @param exactlyOnce whether feedback and policy checkpoints are written in transactions
 * @param partitionDiscovery how often new partitions are looked for; 0 never
 */
public record KafkaSettings(
    String bootstrapServers,
    Map<String, String> properties,
    Topics topics,
    String groupId,
    String transactionalIdPrefix,
    Duration transactionTimeout,
    boolean exactlyOnce,
    Duration partitionDiscovery) {

  public KafkaSettings {
    requireText("kafka bootstrap servers", bootstrapServers);
    requireText("kafka group id", groupId);
    requireText("kafka transactional id prefix", transactionalIdPrefix);
    if (transactionTimeout.toMillis() < 1 || transactionTimeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "kafka transaction timeout must be 1 ms to 24 days: " + transactionTimeout);
    }
    if (partitionDiscovery.isNegative()) {
      throw new IllegalArgumentException(
          "kafka partition discovery must be at least 0: " + partitionDiscovery);
    }
    properties = Map.copyOf(properties);
  }

  /** Exactly-once, 15 minutes of transaction timeout, discovery each 5 minutes, no prefix. */
  public static KafkaSettings of(String bootstrapServers) {
    return new KafkaSettings(
        bootstrapServers,
        Map.of(),
        new Topics(""),
        "hindcast",
        "hindcast",
        Duration.ofMinutes(15),
        true,
        Duration.ofMinutes(5));
  }

  /** Properties of any client: the bootstrap servers and the ones passed through. */
  public Properties clientProperties() {
    Properties all = new Properties();
    all.putAll(properties);
    all.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return all;
  }

  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>(properties);
    shown.replaceAll((key, value) -> isSecret(key) ? "[REDACTED]" : value);
    return "KafkaSettings["
        + bootstrapServers
        + ", properties="
        + shown
        + ", prefix="
        + topics.prefix()
        + ", groupId="
        + groupId
        + ", transactionalIdPrefix="
        + transactionalIdPrefix
        + ", transactionTimeout="
        + transactionTimeout
        + ", exactlyOnce="
        + exactlyOnce
        + ", partitionDiscovery="
        + partitionDiscovery
        + "]";
  }

  private static boolean isSecret(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    return name.contains("password")
        || name.contains("secret")
        || name.contains("jaas")
        || name.contains("token")
        || name.endsWith(".key");
  }

  private static void requireText(String name, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " must be given: " + value);
    }
  }
}
