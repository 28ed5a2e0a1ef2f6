package hindcast.local.traffic;

import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.avro.TimeMarker;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How far the input topics have come, from the last records of each partition. */
public final class LatestEventTime {

  /** More than the records between two time markers of a partition need not be read. */
  private static final long TAIL = 1_000;

  private static final Duration WAIT = Duration.ofMillis(200);

  private LatestEventTime() {}

  /** The largest event time near the ends of the topics, in microseconds; 0 if they are empty. */
  public static long micros(KafkaSettings settings) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            settings.clientProperties(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          Stream.of(settings.topics().impressions(), settings.topics().rewards())
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      ends.forEach((partition, end) -> consumer.seek(partition, Math.max(0, end - TAIL)));
      long latest = 0;
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
          latest = Math.max(latest, micros(WireFormat.ofThread().decode(record.value()).record()));
        }
      }
      return latest;
    }
  }

  private static long micros(SpecificRecord record) {
    if (record instanceof Impression impression) {
      return impression.getEventTimeMicros();
    }
    if (record instanceof Reward reward) {
      return reward.getEventTimeMicros();
    }
    return record instanceof TimeMarker marker ? marker.getEventTimeMicros() : 0;
  }
}
