package hindcast.connectors.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Splits with their watermark: watermark (8 bytes), version of the connector's own format (4
 * bytes), the split in that format. State that the connector wrote by itself is read as well.
 */
final class TimedSplitSerializer implements SimpleVersionedSerializer<KafkaPartitionSplit> {
  /** Far from the connector's own versions, which count from 0. */
  static final int VERSION = 1000;

  private final KafkaPartitionSplitSerializer plain = new KafkaPartitionSplitSerializer();

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(KafkaPartitionSplit split) throws IOException {
    byte[] bytes = plain.serialize(split);
    return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + bytes.length)
        .putLong(TimedSplit.watermark(split))
        .putInt(plain.getVersion())
        .put(bytes)
        .array();
  }

  @Override
  public KafkaPartitionSplit deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      return plain.deserialize(version, serialized);
    }
    ByteBuffer buffer = ByteBuffer.wrap(serialized);
    long watermark = buffer.getLong();
    int plainVersion = buffer.getInt();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return new TimedSplit(plain.deserialize(plainVersion, bytes), watermark);
  }
}
