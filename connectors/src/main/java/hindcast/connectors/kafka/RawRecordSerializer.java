package hindcast.connectors.kafka;

import hindcast.avro.InputStream;
import hindcast.connectors.kafka.RawRecord.Kind;
import hindcast.feedback.Reject;
import hindcast.feedback.Rejection;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Serializer of {@link RawRecord}; records are immutable, so copies inside a chain are free.
 *
 * <pre>
 * kind, stream: byte | topic | partition: int | offset, appendTimeMillis, eventTimeMicros: long
 * | length of value, or -1 for none: int | value | poison only: name of the rejection, detail</pre>
 */
public final class RawRecordSerializer extends TypeSerializerSingleton<RawRecord> {
  /** The only instance. */
  public static final RawRecordSerializer INSTANCE = new RawRecordSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public RawRecord createInstance() {
    return RawRecord.poison(
        InputStream.UNKNOWN,
        "",
        0,
        0,
        RawRecord.NO_APPEND_TIME,
        null,
        new Reject(Rejection.MISSING_FIELD, "no record"));
  }

  @Override
  public RawRecord copy(RawRecord from) {
    return from;
  }

  @Override
  public RawRecord copy(RawRecord from, RawRecord reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(RawRecord record, DataOutputView target) throws IOException {
    target.writeByte(code(record.kind()));
    target.writeByte(code(record.stream()));
    StringValue.writeString(record.topic(), target);
    target.writeInt(record.partition());
    target.writeLong(record.offset());
    target.writeLong(record.appendTimeMillis());
    target.writeLong(record.eventTimeMicros());
    byte[] value = record.value();
    target.writeInt(value == null ? -1 : value.length);
    if (value != null) {
      target.write(value);
    }
    if (record.kind() == Kind.POISON) {
      StringValue.writeString(record.reject().reason().name(), target);
      StringValue.writeString(record.reject().detail(), target);
    }
  }

  @Override
  public RawRecord deserialize(DataInputView source) throws IOException {
    Kind kind = kind(source.readByte());
    InputStream stream = stream(source.readByte());
    String topic = StringValue.readString(source);
    int partition = source.readInt();
    long offset = source.readLong();
    long appendTimeMillis = source.readLong();
    long eventTimeMicros = source.readLong();
    int length = source.readInt();
    byte[] value = null;
    if (length >= 0) {
      value = new byte[length];
      source.readFully(value);
    }
    if (kind == Kind.POISON) {
      Rejection reason = Rejection.valueOf(StringValue.readString(source));
      Reject reject = new Reject(reason, StringValue.readString(source));
      return RawRecord.poison(stream, topic, partition, offset, appendTimeMillis, value, reject);
    }
    return RawRecord.restored(
        stream, topic, partition, offset, appendTimeMillis, value, kind, eventTimeMicros);
  }

  @Override
  public RawRecord deserialize(RawRecord reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public TypeSerializerSnapshot<RawRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  private static byte code(Kind kind) {
    return switch (kind) {
      case DATA -> 0;
      case MARKER -> 1;
      case CLOSING -> 2;
      case POISON -> 3;
    };
  }

  private static Kind kind(byte code) throws IOException {
    return switch (code) {
      case 0 -> Kind.DATA;
      case 1 -> Kind.MARKER;
      case 2 -> Kind.CLOSING;
      case 3 -> Kind.POISON;
      default -> throw new IOException("kind of a record must be in [0, 3]: " + code);
    };
  }

  private static byte code(InputStream stream) {
    return switch (stream) {
      case UNKNOWN -> 0;
      case IMPRESSIONS -> 1;
      case REWARDS -> 2;
      case CATALOGUE -> 3;
      case POLICY_CONTROL -> 4;
    };
  }

  private static InputStream stream(byte code) throws IOException {
    return switch (code) {
      case 0 -> InputStream.UNKNOWN;
      case 1 -> InputStream.IMPRESSIONS;
      case 2 -> InputStream.REWARDS;
      case 3 -> InputStream.CATALOGUE;
      case 4 -> InputStream.POLICY_CONTROL;
      default -> throw new IOException("stream of a record must be in [0, 4]: " + code);
    };
  }

  /** Snapshot of the serializer: the layout above. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawRecord> {
    /** Called by Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
