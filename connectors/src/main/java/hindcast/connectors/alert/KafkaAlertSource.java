package hindcast.connectors.alert;

import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * [regression-alerts] from its beginning, with what the group has committed as settled. Two
 * processes of the same group both deliver: run one for each configuration.
 */
public final class KafkaAlertSource implements AlertSource {
  private static final Duration COMMIT_LIMIT = Duration.ofSeconds(5);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String topic;
  private final Map<Integer, Long> settledBelow = new HashMap<>();

  /**
   * Opens the topic.
   *
   * @param group consumer group under which offsets are committed
   */
  public KafkaAlertSource(KafkaSettings settings, String group) {
    Properties properties = settings.clientProperties();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    topic = settings.topics().regressionAlerts();
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    Set<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .collect(Collectors.toSet());
    consumer.assign(partitions);
    consumer
        .committed(partitions)
        .forEach(
            (partition, offset) -> {
              if (offset != null) {
                settledBelow.put(partition.partition(), offset.offset());
              }
            });
    consumer.seekToBeginning(partitions);
  }

  @Override
  public List<Positioned> poll(Duration wait) {
    List<Positioned> records = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
      if (record.value() != null) {
        records.add(
            new Positioned(
                WireFormat.ofThread().decode(record.value()).record(),
                record.partition(),
                record.offset(),
                record.offset() < settledBelow.getOrDefault(record.partition(), 0L)));
      }
    }
    return records;
  }

  @Override
  public boolean commit(Map<Integer, Long> offsets) {
    Map<TopicPartition, OffsetAndMetadata> commit = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> {
          if (offset > settledBelow.getOrDefault(partition, -1L)) {
            commit.put(new TopicPartition(topic, partition), new OffsetAndMetadata(offset));
          }
        });
    try {
      if (!commit.isEmpty()) {
        consumer.commitSync(commit, COMMIT_LIMIT);
      }
      return true;
    } catch (RetriableException e) {
      return false;
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
