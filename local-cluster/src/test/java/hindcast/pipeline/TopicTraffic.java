package hindcast.pipeline;

import hindcast.avro.CatalogueManifest;
import hindcast.avro.Impression;
import hindcast.avro.InputStream;
import hindcast.avro.Reward;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.connectors.kafka.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends recorded traffic to the topics, time markers to every partition. */
final class TopicTraffic implements AutoCloseable {
  private final KafkaSettings kafka;
  private final int partitions;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private volatile boolean hurried;

  TopicTraffic(KafkaSettings kafka, int partitions) {
    this.kafka = kafka;
    this.partitions = partitions;
    producer =
        new KafkaProducer<>(
            kafka.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Everything at once. */
  void send(RecordedTraffic traffic) throws Exception {
    send(traffic.catalogue, 1);
    send(traffic.impressions, partitions);
    send(traffic.rewards, partitions);
    flush();
  }

  /**
   * Impressions and rewards at the pace of their time markers: a second of event time takes {@code
   * second}. Ends sooner after {@link #hurry}.
   */
  void sendPaced(RecordedTraffic traffic, Duration second) throws Exception {
    int impression = 0;
    int reward = 0;
    long next = System.nanoTime();
    while (impression < traffic.impressions.size() || reward < traffic.rewards.size()) {
      impression = sendToMarker(traffic.impressions, impression);
      reward = sendToMarker(traffic.rewards, reward);
      next += second.toNanos();
      long left = next - System.nanoTime();
      if (left > 0 && !hurried) {
        Thread.sleep(Duration.ofNanos(left).toMillis());
      }
    }
    flush();
  }

  /** What is left is sent at once. */
  void hurry() {
    hurried = true;
  }

  void sendCatalogue(RecordedTraffic traffic) throws Exception {
    send(traffic.catalogue, 1);
    flush();
  }

  private int sendToMarker(List<RawRecord> records, int from) {
    int end = from;
    while (end < records.size() && records.get(end).kind() != RawRecord.Kind.MARKER) {
      end++;
    }
    end = Math.min(records.size(), end + 1);
    send(records.subList(from, end), partitions);
    return end;
  }

  private void flush() throws Exception {
    producer.flush();
    for (Future<RecordMetadata> record : sent) {
      record.get();
    }
    sent.clear();
  }

  private void send(List<RawRecord> records, int markers) {
    for (RawRecord record : records) {
      String topic = kafka.topics().of(record.stream());
      switch (record.kind()) {
        case DATA ->
            sent.add(producer.send(new ProducerRecord<>(topic, key(record), record.value())));
        case POISON ->
            sent.add(producer.send(new ProducerRecord<>(topic, 0, null, record.value())));
        case MARKER, CLOSING -> {
          for (int partition = 0; partition < markers; partition++) {
            sent.add(
                producer.send(
                    new ProducerRecord<>(topic, partition, new byte[] {0}, record.value())));
          }
        }
      }
    }
  }

  private static byte[] key(RawRecord record) {
    String key =
        record.stream() == InputStream.IMPRESSIONS
            ? record.payload(Impression.class).getImpressionId()
            : record.stream() == InputStream.REWARDS
                ? record.payload(Reward.class).getImpressionId()
                : record.payload(CatalogueManifest.class).getVersion();
    return key.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
