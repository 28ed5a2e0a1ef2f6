package hindcast.connectors.kafka;

import hindcast.feedback.Reject;
import hindcast.feedback.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Kafka headers by which an adapter hands on what it could not turn into a record, such as a broken
 * line of a log: the value is the original bytes, {@code hindcast-reject-reason} the name of a
 * {@link Rejection} and {@code hindcast-reject-detail} a text. The job sends such a record to the
 * dead letters under that reason.
 */
public final class RejectHeaders {
  /** Header that names the rejection. */
  public static final String REASON = "hindcast-reject-reason";

  /** Header with the value and the rule it broke. */
  public static final String DETAIL = "hindcast-reject-detail";

  private RejectHeaders() {}

  /** The headers of a refused record. */
  public static List<Header> of(Reject reject) {
    return List.of(
        new RecordHeader(REASON, reject.reason().name().getBytes(StandardCharsets.UTF_8)),
        new RecordHeader(DETAIL, reject.detail().getBytes(StandardCharsets.UTF_8)));
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
