package hindcast.local.alerts;

import hindcast.avro.AlertAcknowledgement;
import hindcast.connectors.alert.AlertBoard;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.kafka.RecordKeys;
import hindcast.local.LocalStartException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * [regression-alerts] of a broker.
 *
 * <p>Errors: {@link LocalStartException} if no broker answers for 10 seconds, or the topic is not
 * there.
 */
public final class AlertTopic {
  private static final String PATIENCE_MILLIS = "10000";
  private static final Duration WAIT = Duration.ofMillis(100);

  private final KafkaSettings settings;
  private final String topic;

  /** The topic of these settings. */
  public AlertTopic(KafkaSettings settings) {
    this.settings = settings;
    topic = settings.topics().regressionAlerts();
  }

  /** Every alert as it is now. */
  public AlertBoard read() {
    Properties properties = settings.clientProperties();
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return read(consumer);
    } catch (KafkaException e) {
      throw notReached(e);
    }
  }

  private AlertBoard read(KafkaConsumer<byte[], byte[]> consumer) {
    List<PartitionInfo> infos = consumer.partitionsFor(topic);
    if (infos == null || infos.isEmpty()) {
      throw new LocalStartException(
          "topic " + topic + " is not there on " + settings.bootstrapServers());
    }
    List<TopicPartition> partitions =
        infos.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    AlertBoard board = new AlertBoard();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
        if (record.value() != null) {
          board.accept(WireFormat.ofThread().decode(record.value()).record());
        }
      }
    }
    return board;
  }

  /** Writes an acknowledgement; it is stored when this returns. */
  public void write(AlertAcknowledgement acknowledgement) throws InterruptedException {
    Properties properties = settings.clientProperties();
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  topic,
                  RecordKeys.of(acknowledgement),
                  WireFormat.ofThread().encode(acknowledgement)))
          .get();
    } catch (ExecutionException e) {
      throw new LocalStartException(
          "the acknowledgement was not stored: " + e.getCause().getMessage(), e);
    } catch (KafkaException e) {
      throw notReached(e);
    }
  }

  private LocalStartException notReached(KafkaException e) {
    return new LocalStartException(
        "Kafka cannot be used at " + settings.bootstrapServers() + ": " + e.getMessage(), e);
  }
}
