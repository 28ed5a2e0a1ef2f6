package hindcast.connectors.kafka;

import hindcast.avro.InputStream;
import hindcast.avro.TimeMarker;
import hindcast.connectors.avro.Decoded;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.RawRecord.Kind;
import hindcast.feedback.EventTime;
import hindcast.feedback.Reject;
import hindcast.feedback.Rejection;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;

/**
 * Turns the bytes of an input into a {@link RawRecord}; never throws, whatever they are.
 *
 * <p>Poison is: what {@link WireFormat} refuses, a record of another stream, a time outside the
 * years 1970 to 9999 ({@link Rejection#INVALID_TIME}), and an impression, reward or time marker
 * whose event time lies more than the future tolerance after the broker's append time ({@link
 * Rejection#FUTURE_TIME}; not checked where the append time is unknown). A catalogue manifest or a
 * command may be scheduled: its time says from when it holds. The time of a closing marker is not
 * looked at.
 *
 * <p>An instance belongs to one thread.
 */
public final class InputDecoder {
  private final WireFormat wire = new WireFormat();
  private final EventTime eventTime;

  /**
   * @param futureTolerance how far an event time may lie after the append time
   */
  public InputDecoder(Duration futureTolerance) {
    if (futureTolerance.isNegative()) {
      throw new IllegalArgumentException("future tolerance must be at least 0: " + futureTolerance);
    }
    this.eventTime = new EventTime(futureTolerance.toNanos() / 1000);
  }

  /** Decodes one record of {@code stream}. */
  public RawRecord decode(
      InputStream stream,
      String topic,
      int partition,
      long offset,
      long appendTimeMillis,
      byte[] value) {
    Decoded decoded = wire.decode(value);
    Reject reject = decoded.reject();
    SpecificRecord payload = decoded.record();
    if (reject == null) {
      reject = check(stream, payload, appendTimeMillis);
    }
    if (reject != null) {
      return RawRecord.poison(stream, topic, partition, offset, appendTimeMillis, value, reject);
    }
    return RawRecord.of(stream, topic, partition, offset, appendTimeMillis, value, payload);
  }

  private Reject check(InputStream stream, SpecificRecord payload, long appendTimeMillis) {
    boolean marker = payload instanceof TimeMarker;
    InputStream actual = EventTimes.stream(payload);
    if (!marker && (actual != stream || actual == InputStream.UNKNOWN)) {
      return new Reject(
          Rejection.MALFORMED,
          "record of stream "
              + stream
              + " cannot be a "
              + payload.getSchema().getName()
              + "; send it to its own topic");
    }
    if (EventTimes.kind(payload) == Kind.CLOSING) {
      return null;
    }
    boolean happened = marker || stream == InputStream.IMPRESSIONS || stream == InputStream.REWARDS;
    long checked = happened && appendTimeMillis >= 0 ? appendTimeMillis : EventTime.NO_APPEND_TIME;
    return eventTime.check(EventTimes.micros(payload), checked, "");
  }
}
