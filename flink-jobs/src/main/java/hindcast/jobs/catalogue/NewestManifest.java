package hindcast.jobs.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.connectors.avro.Decoded;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks up the last manifest in the catalogue topic, before a job starts. */
public final class NewestManifest {
  private static final Duration POLL = Duration.ofMillis(500);

  private NewestManifest() {}

  /** The manifest with the latest effective time, or empty if the topic has none. */
  public static Optional<CatalogueManifest> read(KafkaSettings kafka) {
    Properties properties = kafka.clientProperties();
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    TopicPartition partition = new TopicPartition(kafka.topics().catalogue(), 0);
    CatalogueManifest newest = null;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          Decoded decoded = WireFormat.ofThread().decode(record.value());
          if (decoded.record() instanceof CatalogueManifest manifest
              && (newest == null
                  || manifest.getEffectiveTimeMicros() >= newest.getEffectiveTimeMicros())) {
            newest = manifest;
          }
        }
      }
    }
    return Optional.ofNullable(newest);
  }
}
