package hindcast.connectors.kafka;

import hindcast.avro.InputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Sources of the input topics. They start at the beginning of each partition, read committed
 * records only, and decode where they read, so that {@link MarkerWatermarks} follows each partition
 * by its own. A restored partition begins at the event time it had reached.
 */
public final class KafkaSources {
  private KafkaSources() {}

  /**
   * Source of one input.
   *
   * @param futureTolerance how far an event time may lie after the broker's append time
   * @param maxOutOfOrderness as its {@link MarkerWatermarks} have it
   */
  public static Source<RawRecord, ?, ?> raw(
      KafkaSettings settings,
      InputStream stream,
      Duration futureTolerance,
      Duration maxOutOfOrderness) {
    String topic = settings.topics().of(stream);
    KafkaSource<RawRecord> source =
        KafkaSource.<RawRecord>builder()
            .setProperties(settings.clientProperties())
            .setBootstrapServers(settings.bootstrapServers())
            .setTopics(topic)
            .setGroupId(settings.groupId())
            .setClientIdPrefix(settings.groupId() + "-" + topic)
            .setStartingOffsets(new EarliestOffsets())
            .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
            .setProperty(
                KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), discovery(settings))
            .setDeserializer(new RawRecordDeserializer(stream, futureTolerance))
            .build();
    return new TimedKafkaSource(source, stream, maxOutOfOrderness);
  }

  /**
   * The parallelism to run a source with: at most one subtask per partition. A subtask without a
   * partition would never emit a watermark and hold back everything behind it.
   */
  public static int parallelism(Admin admin, String topic, int wanted)
      throws ExecutionException, InterruptedException {
    int partitions =
        admin
            .describeTopics(java.util.List.of(topic))
            .topicNameValues()
            .get(topic)
            .get()
            .partitions()
            .size();
    return Math.min(wanted, partitions);
  }

  private static String discovery(KafkaSettings settings) {
    long millis = settings.partitionDiscovery().toMillis();
    return Long.toString(millis == 0 ? -1 : millis);
  }
}
