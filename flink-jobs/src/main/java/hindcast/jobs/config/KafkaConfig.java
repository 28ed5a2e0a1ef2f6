package hindcast.jobs.config;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Section {@code kafka}: the broker, the names of the topics and what delivery is asked for. */
public record KafkaConfig(
    @Key(
            value = "localhost:9092",
            rule = Rule.NOT_BLANK,
            doc = "Brokers to ask first, host:port separated by commas.")
        String bootstrapServers,
    @Key(
            value = "",
            rule = Rule.TOPIC_PREFIX,
            doc = "Put before the name of every topic, so that several pipelines share a broker.")
        String topicPrefix,
    @Key(
            value = "{}",
            doc =
                "Handed to every Kafka client as they are (security.protocol, sasl.mechanism, ...)."
                    + " Values whose key contains password, secret, jaas, token or key are secrets"
                    + " and never printed.")
        Map<String, String> properties,
    @Key(
            value = "hindcast",
            rule = Rule.ID,
            doc =
                "Begins the transactional ids of this job: unique on the broker and the same for"
                    + " ever.")
        String transactionalIdPrefix,
    @Key(
            value = "15min",
            rule = Rule.POSITIVE,
            doc =
                "How long the broker waits for a commit: longer than a checkpoint interval and the"
                    + " longest outage together, at most transaction.max.timeout.ms of the broker.")
        Duration transactionTimeout,
    @Key(
            value = "exactly-once",
            doc =
                "Feedback and policy checkpoints: exactly-once (transactions; readers use"
                    + " read_committed) or at-least-once (sooner, duplicates after a failure).")
        Delivery delivery) {

  /** What is promised about feedback and policy checkpoints. */
  public enum Delivery {
    /** In Kafka transactions. */
    EXACTLY_ONCE,
    /** Without. */
    AT_LEAST_ONCE
  }

  public KafkaConfig {
    properties = Collections.unmodifiableMap(new TreeMap<>(properties));
  }

  @Override
  public String toString() {
    return "KafkaConfig[bootstrapServers="
        + bootstrapServers
        + ", topicPrefix="
        + topicPrefix
        + ", properties="
        + Secrets.mask(properties)
        + ", transactionalIdPrefix="
        + transactionalIdPrefix
        + ", transactionTimeout="
        + transactionTimeout
        + ", delivery="
        + delivery
        + "]";
  }
}
