package hindcast.local.letters;

import hindcast.connectors.kafka.KafkaSettings;
import hindcast.local.LocalStartException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from given offsets to the end they have when asked, committed records only.
 *
 * <p>Errors: {@link LocalStartException} if no broker answers for 10 seconds, or a topic is not
 * there. For one thread.
 */
public final class TopicScan implements AutoCloseable {
  static final String PATIENCE_MILLIS = "10000";

  private static final Duration WAIT = Duration.ofMillis(100);
  private static final long STALLED_NANOS = 30_000_000_000L;

  private final KafkaSettings settings;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Connects when it is first asked. */
  public TopicScan(KafkaSettings settings) {
    this.settings = settings;
    Properties properties = settings.clientProperties();
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    try {
      consumer =
          new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException e) {
      throw notReached(settings, e);
    }
  }

  /** Every partition of a topic, from offset 0. */
  public Map<TopicPartition, Long> beginning(String topic) {
    List<PartitionInfo> found;
    try {
      found = consumer.partitionsFor(topic);
    } catch (KafkaException e) {
      throw notReached(settings, e);
    }
    if (found == null || found.isEmpty()) {
      throw new LocalStartException(
          "topic " + topic + " is not there on " + settings.bootstrapServers());
    }
    return found.stream()
        .collect(Collectors.toMap(info -> new TopicPartition(topic, info.partition()), info -> 0L));
  }

  /** Hands over every record from these offsets on. */
  public void read(Map<TopicPartition, Long> from, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try {
      consumer.assign(from.keySet());
      from.forEach(consumer::seek);
      Map<TopicPartition, Long> ends = consumer.endOffsets(from.keySet());
      long heard = System.nanoTime();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        var records = consumer.poll(WAIT);
        records.forEach(each);
        if (!records.isEmpty()) {
          heard = System.nanoTime();
        } else if (System.nanoTime() - heard > STALLED_NANOS) {
          throw new LocalStartException(
              settings.bootstrapServers() + " sends no more of " + from.keySet());
        }
      }
    } catch (KafkaException e) {
      throw notReached(settings, e);
    }
  }

  /** A failure of a client as a line for people. */
  static LocalStartException notReached(KafkaSettings settings, KafkaException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new LocalStartException(
        "Kafka cannot be used at " + settings.bootstrapServers() + ": " + cause.getMessage(), e);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
