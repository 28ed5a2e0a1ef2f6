package hindcast.jobs.catalogue;

import hindcast.avro.CatalogueManifest;
import hindcast.connectors.avro.Decoded;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.catalogue.CatalogueFile;
import hindcast.connectors.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The last manifest of the catalogue topic, looked up and judged before a job starts. */
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

  /**
   * What keeps a job from starting: that there is no manifest (null), or that its file cannot be
   * read.
   */
  public static Optional<String> problem(CatalogueManifest manifest) {
    if (manifest == null) {
      return Optional.of(
          "catalogue: the topic holds no manifest: publish one before the job starts");
    }
    try {
      CatalogueFile.info(Path.of(manifest.getLocation()));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "catalogue "
              + manifest.getVersion()
              + " must be readable: "
              + manifest.getLocation()
              + ": "
              + e.getMessage()
              + "; mount its folder here and on every worker, or publish another");
    }
  }
}
