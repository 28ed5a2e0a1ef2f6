package hindcast.connectors.kafka;

import hindcast.avro.InputStream;
import hindcast.avro.TimeMarker;
import hindcast.connectors.avro.Samples;
import hindcast.connectors.avro.WireFormat;
import java.time.Duration;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;

class RawRecordSerializerTest extends SerializerTestBase<RawRecord> {
  @Override
  protected TypeSerializer<RawRecord> createSerializer() {
    return RawRecordSerializer.INSTANCE;
  }

  @Override
  protected int getLength() {
    return -1;
  }

  @Override
  protected Class<RawRecord> getTypeClass() {
    return RawRecord.class;
  }

  @Override
  protected RawRecord[] getTestData() {
    InputDecoder decoder = new InputDecoder(Duration.ofMinutes(5));
    WireFormat wire = new WireFormat();
    byte[] impression = wire.encode(Samples.impression("1", 5));
    return new RawRecord[] {
      decoder.decode(InputStream.IMPRESSIONS, "impressions", 3, 9, 1, impression),
      decoder.decode(InputStream.REWARDS, "r", 0, 0, -1, wire.encode(new TimeMarker(1L, false))),
      decoder.decode(InputStream.CATALOGUE, "c", 0, 0, -1, wire.encode(new TimeMarker(1L, true))),
      decoder.decode(InputStream.POLICY_CONTROL, "p", 0, 0, -1, new byte[] {1, 2}),
      decoder.decode(InputStream.UNKNOWN, "u", 0, 0, -1, null)
    };
  }
}
