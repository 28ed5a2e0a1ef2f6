package hindcast.connectors.kafka;

import hindcast.feedback.Reject;
import hindcast.feedback.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Kafka headers by which an adapter hands on what it could not turn into a record, such as a broken
 * line of a log: the value is the original bytes, {@code hindcast-reject-reason} the name of a
 * {@link Rejection}, {@code hindcast-reject-detail} a text and, where it has a place in time,
 * {@code hindcast-event-time} the event time of what came before it, microseconds as decimal
 * digits. The job sends such a record to the dead letters under that reason.
 */
public final class RejectHeaders {
  private static final Pattern MICROS = Pattern.compile("\\d{1,18}");

  /** Header that names the rejection. */
  public static final String REASON = "hindcast-reject-reason";

  /** Header with the value and the rule it broke. */
  public static final String DETAIL = "hindcast-reject-detail";

  /** Header with the event time the record stands at, microseconds. */
  public static final String EVENT_TIME = "hindcast-event-time";

  private RejectHeaders() {}

  /** The headers of a refused record. */
  public static List<Header> of(Reject reject) {
    return List.of(
        new RecordHeader(REASON, reject.reason().name().getBytes(StandardCharsets.UTF_8)),
        new RecordHeader(DETAIL, reject.detail().getBytes(StandardCharsets.UTF_8)));
  }

  /** The headers of a refused record that stands at an event time. */
  public static List<Header> of(Reject reject, long eventTimeMicros) {
    List<Header> headers = new ArrayList<>(of(reject));
    headers.add(
        new RecordHeader(
            EVENT_TIME, Long.toString(eventTimeMicros).getBytes(StandardCharsets.UTF_8)));
    return headers;
  }

  /** The event time a record stands at; {@link RawRecord#NO_EVENT_TIME} if none is given. */
  public static long eventTimeMicros(Headers headers) {
    String text = text(headers.lastHeader(EVENT_TIME));
    return MICROS.matcher(text).matches() ? Long.parseLong(text) : RawRecord.NO_EVENT_TIME;
  }

  /** Why an adapter refused the record, or null if it did not; an unknown reason is malformed. */
  public static Reject read(Headers headers) {
    Header reason = headers.lastHeader(REASON);
    if (reason == null) {
      return null;
    }
    return new Reject(rejection(text(reason)), text(headers.lastHeader(DETAIL)));
  }

  private static Rejection rejection(String name) {
    for (Rejection rejection : Rejection.values()) {
      if (rejection.name().equals(name)) {
        return rejection;
      }
    }
    return Rejection.MALFORMED;
  }

  private static String text(Header header) {
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
