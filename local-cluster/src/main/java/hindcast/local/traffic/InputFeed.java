package hindcast.local.traffic;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.Impression;
import hindcast.avro.InputStream;
import hindcast.avro.Reward;
import hindcast.avro.TimeMarker;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.kafka.RecordKeys;
import hindcast.connectors.kafka.RejectHeaders;
import hindcast.feedback.Reject;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The input topics as a producer sees them. Records of one partition stay in the order in which
 * they were sent; a time marker goes to every partition of every input but the commands. For one
 * thread.
 *
 * <p>Errors: what could not be written is thrown by the next call, as {@link
 * IllegalStateException}.
 */
public final class InputFeed implements AutoCloseable {

  private final KafkaSettings settings;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  public InputFeed(KafkaSettings settings) {
    this.settings = settings;
    Properties properties = settings.clientProperties();
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "20");
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, String.valueOf(64 * 1024));
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    for (String topic :
        List.of(
            settings.topics().impressions(),
            settings.topics().rewards(),
            settings.topics().catalogue())) {
      producer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
  }

  public void send(Impression impression) {
    send(InputStream.IMPRESSIONS, impression);
  }

  public void send(Reward reward) {
    send(InputStream.REWARDS, reward);
  }

  public void send(CatalogueManifest manifest) {
    send(InputStream.CATALOGUE, manifest);
  }

  /** Sends bytes as they are. */
  public void sendBytes(InputStream stream, byte[] key, byte[] value) {
    send(new ProducerRecord<>(settings.topics().of(stream), key, value));
  }

  /**
   * Sends what an adapter could not turn into an impression, with the reason and the event time it
   * stands at.
   */
  public void sendRejected(byte[] value, Reject reject, long eventTimeMicros) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(settings.topics().impressions(), value);
    RejectHeaders.of(reject, eventTimeMicros).forEach(record.headers()::add);
    send(record);
  }

  /** Promises every partition that no later record has a smaller event time. */
  public void marker(long eventTimeMicros) {
    mark(eventTimeMicros, false);
  }

  /** Ends every partition. */
  public void closing(long eventTimeMicros) {
    mark(eventTimeMicros, true);
  }

  /** Waits until everything is written. */
  public void flush() {
    producer.flush();
    throwFailure();
  }

  @Override
  public void close() {
    producer.close();
  }

  private void send(InputStream stream, SpecificRecord record) {
    sendBytes(stream, RecordKeys.of(record), WireFormat.ofThread().encode(record));
  }

  private void mark(long eventTimeMicros, boolean closing) {
    TimeMarker marker =
        TimeMarker.newBuilder().setEventTimeMicros(eventTimeMicros).setClosing(closing).build();
    byte[] key = RecordKeys.of(marker);
    byte[] value = WireFormat.ofThread().encode(marker);
    for (TopicPartition partition : partitions) {
      send(new ProducerRecord<>(partition.topic(), partition.partition(), key, value));
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    throwFailure();
    Future<RecordMetadata> unused =
        producer.send(
            record,
            (metadata, exception) -> {
              if (exception != null) {
                failure.compareAndSet(null, exception);
              }
            });
  }

  private void throwFailure() {
    Exception exception = failure.get();
    if (exception != null) {
      throw new IllegalStateException("input could not be written to Kafka", exception);
    }
  }
}
