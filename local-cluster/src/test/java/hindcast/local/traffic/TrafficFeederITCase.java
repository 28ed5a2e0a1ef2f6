package hindcast.local.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import hindcast.avro.Impression;
import hindcast.avro.Reward;
import hindcast.avro.TimeMarker;
import hindcast.connectors.avro.Decoded;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.KafkaSettings;
import hindcast.local.EmbeddedKafka;
import hindcast.simulation.SyntheticWorld;
import hindcast.simulation.Traffic;
import hindcast.simulation.TrafficKind;
import hindcast.simulation.TrafficSettings;
import hindcast.simulation.WorldSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class TrafficFeederITCase {

  private static final long START = 1_700_000_000_000_000L;

  @Test
  void sendsEverythingInTimeWithMarkersThatHold() throws Exception {
    SyntheticWorld world = new SyntheticWorld(WorldSettings.of(7, 100));
    TrafficSettings settings = TrafficSettings.of(7, 1500);
    Traffic traffic = new Traffic(world, settings, START, 3000);
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        Admin admin = kafka.admin()) {
      KafkaSettings topics = KafkaSettings.of(kafka.bootstrapServers());
      topics.topics().create(admin, 2, (short) 1);
      long began = System.nanoTime();
      TrafficFeeder feeder;
      try (InputFeed feed = new InputFeed(topics)) {
        feeder =
            new TrafficFeeder(
                traffic,
                feed,
                new TrafficFeeder.Plan(
                    "r-", START, START + 2_000_000, settings.maxDisorderMicros(), true, 0));
        feeder.run();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(Duration.ofMillis(1500), Duration.ofSeconds(6));

      List<ConsumerRecord<byte[], byte[]>> records = read(topics);
      assertEveryPartitionKeepsItsPromises(records, topics);
      long impressions = count(records, Impression.class);
      long rewards = count(records, Reward.class);
      long garbage = records.stream().filter(record -> decode(record).isRejected()).count();
      assertThat(impressions + rewards + garbage).isEqualTo(feeder.sent());
      assertThat(garbage)
          .isEqualTo(
              traffic.counts().of(TrafficKind.GARBAGE_IMPRESSION)
                  + traffic.counts().of(TrafficKind.GARBAGE_REWARD));
      assertThat(impressions).isGreaterThanOrEqualTo(3000);
    }
  }

  /** Within a partition no record is earlier than a marker before it, and the last one closes. */
  private static void assertEveryPartitionKeepsItsPromises(
      List<ConsumerRecord<byte[], byte[]>> records, KafkaSettings settings) {
    Map<TopicPartition, Long> promised = new HashMap<>();
    Map<TopicPartition, Boolean> closed = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      long promise = promised.getOrDefault(partition, Long.MIN_VALUE);
      Decoded decoded = decode(record);
      assertThat(closed.getOrDefault(partition, false)).isFalse();
      if (decoded.record() instanceof TimeMarker marker) {
        assertThat(marker.getEventTimeMicros()).isGreaterThan(promise);
        promised.put(partition, marker.getEventTimeMicros());
        closed.put(partition, marker.getClosing());
      } else if (decoded.record() instanceof Impression impression) {
        assertThat(impression.getImpressionId()).startsWith("r-");
        assertThat(impression.getEventTimeMicros()).isGreaterThanOrEqualTo(promise);
      } else if (decoded.record() instanceof Reward reward) {
        assertThat(reward.getEventTimeMicros()).isGreaterThanOrEqualTo(promise);
      }
    }
    assertThat(closed.keySet())
        .extracting(TopicPartition::topic)
        .hasSameElementsAs(
            List.of(
                settings.topics().impressions(),
                settings.topics().rewards(),
                settings.topics().catalogue()));
    assertThat(closed).hasSize(2 + 2 + 1).doesNotContainValue(false);
  }

  private static long count(List<ConsumerRecord<byte[], byte[]>> records, Class<?> type) {
    return records.stream().filter(record -> type.isInstance(decode(record).record())).count();
  }

  private static Decoded decode(ConsumerRecord<byte[], byte[]> record) {
    return WireFormat.ofThread().decode(record.value());
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(KafkaSettings settings) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            settings.clientProperties(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          settings.topics().inputs().stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }
}
