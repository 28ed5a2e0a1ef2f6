package hindcast.connectors.kafka;

import hindcast.avro.InputStream;
import hindcast.connectors.avro.Decoded;
import hindcast.connectors.avro.WireFormat;
import hindcast.feedback.FeedbackValidator;
import hindcast.feedback.Reject;
import java.util.Arrays;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One record of an input as it came, with what the source learned by decoding it: whether it is
 * data, a time marker or poison, and the event time it claims. Live topics and historical logs give
 * the same shape.
 *
 * <p>Immutable; the value array and the payload must not be changed. The decoded payload travels
 * along inside a chain of operators and is decoded again from {@code value} on first use after a
 * network exchange, a checkpoint or a savepoint.
 */
@TypeInfo(RawRecordTypeInfo.Factory.class)
public final class RawRecord {
  /** Append time of a record no broker has stored, as {@link FeedbackValidator} knows it. */
  public static final long NO_APPEND_TIME = FeedbackValidator.NO_APPEND_TIME;

  /** Event time of poison that stands nowhere in time. */
  public static final long NO_EVENT_TIME = Long.MIN_VALUE;

  /** What a record is to the topology. */
  public enum Kind {
    /** A record of the stream. */
    DATA,
    /** A time marker: no later record of the partition has a smaller event time. */
    MARKER,
    /** The last time marker of the partition: it has ended. */
    CLOSING,
    /** Refused by the source; see {@link RawRecord#reject()}. */
    POISON
  }

  private final InputStream stream;
  private final String topic;
  private final int partition;
  private final long offset;
  private final long appendTimeMillis;
  private final byte[] value;
  private final Kind kind;
  private final long eventTimeMicros;
  private final Reject reject;
  private transient SpecificRecord payload;

  private RawRecord(
      InputStream stream,
      String topic,
      int partition,
      long offset,
      long appendTimeMillis,
      byte[] value,
      Kind kind,
      long eventTimeMicros,
      Reject reject,
      SpecificRecord payload) {
    this.stream = Objects.requireNonNull(stream, "stream");
    this.topic = Objects.requireNonNull(topic, "topic");
    this.partition = partition;
    this.offset = offset;
    this.appendTimeMillis = appendTimeMillis;
    this.value = value;
    this.kind = Objects.requireNonNull(kind, "kind");
    this.eventTimeMicros = eventTimeMicros;
    this.reject = reject;
    this.payload = payload;
    if ((kind == Kind.POISON) != (reject != null)) {
      throw new IllegalArgumentException("poison, and only poison, has a reject: " + kind);
    }
  }

  /**
   * A readable record.
   *
   * @param value its bytes
   * @param payload what they decode to
   */
  public static RawRecord of(
      InputStream stream,
      String topic,
      int partition,
      long offset,
      long appendTimeMillis,
      byte[] value,
      SpecificRecord payload) {
    return new RawRecord(
        stream,
        topic,
        partition,
        offset,
        appendTimeMillis,
        value,
        EventTimes.kind(payload),
        EventTimes.micros(payload),
        null,
        payload);
  }

  /** A marker that repeats the watermark, milliseconds, a partition had reached at an offset. */
  static RawRecord repeated(
      InputStream stream, String topic, int partition, long offset, long watermark) {
    boolean closed = watermark == Long.MAX_VALUE;
    return restored(
        stream,
        topic,
        partition,
        offset,
        NO_APPEND_TIME,
        new byte[0],
        closed ? Kind.CLOSING : Kind.MARKER,
        (closed ? watermark / 1000 - 1 : watermark + 1) * 1000);
  }

  /** A record as it was serialised. */
  static RawRecord restored(
      InputStream stream,
      String topic,
      int partition,
      long offset,
      long appendTimeMillis,
      byte[] value,
      Kind kind,
      long eventTimeMicros) {
    return new RawRecord(
        stream,
        topic,
        partition,
        offset,
        appendTimeMillis,
        value,
        kind,
        eventTimeMicros,
        null,
        null);
  }

  /** A record refused before it reached the topology, such as an unreadable line of a log. */
  public static RawRecord poison(
      InputStream stream,
      String topic,
      int partition,
      long offset,
      long appendTimeMillis,
      byte[] value,
      Reject reject) {
    return poison(stream, topic, partition, offset, appendTimeMillis, value, reject, NO_EVENT_TIME);
  }

  /** A refused record that stands at the event time of what came before it. */
  public static RawRecord poison(
      InputStream stream,
      String topic,
      int partition,
      long offset,
      long appendTimeMillis,
      byte[] value,
      Reject reject,
      long eventTimeMicros) {
    return new RawRecord(
        stream,
        topic,
        partition,
        offset,
        appendTimeMillis,
        value,
        Kind.POISON,
        eventTimeMicros,
        reject,
        null);
  }

  /** Which input, hence which ledger, it belongs to. */
  public InputStream stream() {
    return stream;
  }

  /** Topic, or the name of the log file. */
  public String topic() {
    return topic;
  }

  /** Partition; 0 for a file. */
  public int partition() {
    return partition;
  }

  /** Offset; the line number, from 1, for a file. */
  public long offset() {
    return offset;
  }

  /** When the broker stored it, or {@link #NO_APPEND_TIME}. */
  public long appendTimeMillis() {
    return appendTimeMillis;
  }

  /** The bytes as they came; null for a Kafka record without value. */
  public byte[] value() {
    return value;
  }

  /** What it is. */
  public Kind kind() {
    return kind;
  }

  /** The event time it claims, or the time of the marker; {@link #NO_EVENT_TIME} for poison. */
  public long eventTimeMicros() {
    return eventTimeMicros;
  }

  /** Why it is poison; null otherwise. */
  public Reject reject() {
    return reject;
  }

  /** Whether it is a record of the stream, neither marker nor poison. */
  public boolean isData() {
    return kind == Kind.DATA;
  }

  /**
   * The decoded record.
   *
   * @throws IllegalStateException for poison
   */
  public <T extends SpecificRecord> T payload(Class<T> type) {
    if (payload == null) {
      Decoded decoded = WireFormat.ofThread().decode(value);
      if (kind == Kind.POISON || decoded.isRejected()) {
        throw new IllegalStateException("poison has no payload: " + this);
      }
      payload = decoded.record();
    }
    return type.cast(payload);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawRecord that
        && stream == that.stream
        && topic.equals(that.topic)
        && partition == that.partition
        && offset == that.offset
        && appendTimeMillis == that.appendTimeMillis
        && kind == that.kind
        && eventTimeMicros == that.eventTimeMicros
        && Objects.equals(reject, that.reject)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(topic, partition, offset);
  }

  @Override
  public String toString() {
    return "RawRecord["
        + stream
        + " "
        + topic
        + "/"
        + partition
        + "/"
        + offset
        + " "
        + kind
        + (reject == null ? " at " + eventTimeMicros + " us" : " " + reject)
        + "]";
  }
}
