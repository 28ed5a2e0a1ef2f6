package hindcast.connectors.kafka;

import hindcast.avro.InputStream;
import hindcast.feedback.Reject;
import java.time.Duration;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/**
 * Decodes the records of one input topic where they are read, exactly one out for each in. Records
 * an adapter has refused keep the reason in their {@link RejectHeaders}.
 */
public final class RawRecordDeserializer implements KafkaRecordDeserializationSchema<RawRecord> {
  private static final long serialVersionUID = 1L;

  private final InputStream stream;
  private final Duration futureTolerance;
  private transient InputDecoder decoder;

  /**
   * @param stream which input the topic is
   * @param futureTolerance how far an event time may lie after the broker's append time
   */
  public RawRecordDeserializer(InputStream stream, Duration futureTolerance) {
    this.stream = stream;
    this.futureTolerance = futureTolerance;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    decoder = new InputDecoder(futureTolerance);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
    Reject reject = RejectHeaders.read(record.headers());
    out.collect(reject == null ? decode(record) : poison(record, reject));
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return new RawRecordTypeInfo();
  }

  private RawRecord decode(ConsumerRecord<byte[], byte[]> record) {
    return decoder.decode(
        stream,
        record.topic(),
        record.partition(),
        record.offset(),
        appendTimeMillis(record),
        record.value());
  }

  private RawRecord poison(ConsumerRecord<byte[], byte[]> record, Reject reject) {
    return RawRecord.poison(
        stream,
        record.topic(),
        record.partition(),
        record.offset(),
        appendTimeMillis(record),
        record.value(),
        reject,
        RejectHeaders.eventTimeMicros(record.headers()));
  }

  private static long appendTimeMillis(ConsumerRecord<byte[], byte[]> record) {
    return record.timestampType() == TimestampType.LOG_APPEND_TIME
        ? record.timestamp()
        : RawRecord.NO_APPEND_TIME;
  }
}
