package hindcast.connectors.kafka;

import java.util.Objects;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/** A partition, how far it has been read, and the event time it has reached. */
final class TimedSplit extends KafkaPartitionSplit {
  private final long watermark;

  /**
   * @param split the partition and its offsets
   * @param watermark its watermark there, milliseconds
   */
  TimedSplit(KafkaPartitionSplit split, long watermark) {
    super(
        split.getTopicPartition(),
        split.getStartingOffset(),
        split.getStoppingOffset().orElse(NO_STOPPING_OFFSET));
    this.watermark = watermark;
  }

  /** The watermark of a split, {@link Long#MIN_VALUE} where none is known. */
  static long watermark(KafkaPartitionSplit split) {
    return split instanceof TimedSplit timed ? timed.watermark : Long.MIN_VALUE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimedSplit timed && super.equals(other) && watermark == timed.watermark;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), watermark);
  }
}
