package hindcast.connectors.kafka;

import hindcast.avro.ValueWindow;
import hindcast.connectors.avro.WireFormat;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes records of the contract to one topic: value by {@link WireFormat}, key by {@link
 * RecordKeys}, time stamp by the broker. A {@link ValueWindow} without statistics is a tombstone.
 */
public final class WireSerializer<T extends SpecificRecord>
    implements KafkaRecordSerializationSchema<T> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  /** A serializer for {@code topic}. */
  public WireSerializer(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      T record, KafkaSinkContext context, Long timestamp) {
    byte[] value = isTombstone(record) ? null : WireFormat.ofThread().encode(record);
    return new ProducerRecord<>(topic, RecordKeys.of(record), value);
  }

  private static boolean isTombstone(SpecificRecord record) {
    return record instanceof ValueWindow window && !window.getStatistics().hasRemaining();
  }
}
