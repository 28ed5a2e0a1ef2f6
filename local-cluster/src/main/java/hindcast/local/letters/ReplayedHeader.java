package hindcast.local.letters;

import hindcast.connectors.kafka.RawRecord;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The Kafka header of a record that was sent again: {@code topic/partition/offset} of the refused
 * one, by which a second replay knows it.
 */
final class ReplayedHeader {
  static final String NAME = "hindcast-replayed-from";

  private ReplayedHeader() {}

  static Header of(RawRecord refused) {
    return new RecordHeader(NAME, origin(refused).getBytes(StandardCharsets.UTF_8));
  }

  /** What the header says of a record that is sent again. */
  static String origin(RawRecord refused) {
    return refused.topic() + "/" + refused.partition() + "/" + refused.offset();
  }

  /** The origin of a replayed record, or null for any other. */
  static String read(Headers headers) {
    Header header = headers.lastHeader(NAME);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
