package hindcast.fuzz;

import hindcast.avro.Impression;
import hindcast.avro.InputStream;
import hindcast.connectors.avro.Decoded;
import hindcast.connectors.avro.RecordOutline;
import hindcast.connectors.avro.WireFormat;
import hindcast.connectors.kafka.InputDecoder;
import hindcast.connectors.kafka.RawRecord;
import hindcast.connectors.kafka.RawRecordDeserializer;
import hindcast.connectors.kafka.RejectHeaders;
import hindcast.feedback.Reject;
import hindcast.feedback.RewardFormula;
import hindcast.feedback.RewardRange;
import hindcast.jobs.feedback.FeedbackCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Bytes of a topic: every input decoder, and what checks the decoded. */
final class RecordTarget {
  private static final long APPEND_MILLIS = 1_700_000_000_000L;
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final InputDecoder DECODER = new InputDecoder(TOLERANCE);
  private static final FeedbackCheck CHECK =
      new FeedbackCheck(RewardFormula.sum(RewardRange.UNIT), TOLERANCE.toNanos() / 1000, 1e-6);

  private RecordTarget() {}

  static String outcome(byte[] input) {
    requireSame(input);
    Decoded decoded = WireFormat.ofThread().decode(input);
    if (decoded.isRejected()) {
      return named(decoded.reject());
    }
    Reject first = null;
    for (InputStream stream : InputStream.values()) {
      RawRecord record = DECODER.decode(stream, "topic", 0, 0, APPEND_MILLIS, input);
      Reject reject = reject(record);
      if (reject == null) {
        return FuzzTarget.ACCEPTED;
      }
      boolean wrongStream = reject.detail().startsWith("record of stream");
      first = first == null || !wrongStream ? reject : first;
    }
    return named(Objects.requireNonNull(first));
  }

  static String outcomeOfRefused(byte[] input) {
    int end = 0;
    while (end < input.length && input[end] != '\n') {
      end++;
    }
    byte[] value = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
    ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("rewards", 0, 0, null, value);
    record.headers().add(RejectHeaders.REASON, Arrays.copyOf(input, end));
    if (end % 2 == 0) {
      record.headers().add(RejectHeaders.DETAIL, value);
    }
    List<RawRecord> out = new ArrayList<>();
    RawRecordDeserializer deserializer = new RawRecordDeserializer(InputStream.REWARDS, TOLERANCE);
    deserializer.open(null);
    deserializer.deserialize(record, new ListCollector<>(out));
    if (out.size() != 1) {
      throw new IllegalStateException("one record in must be one out: " + out.size());
    }
    return out.get(0).reject().reason().name();
  }

  private static Reject reject(RawRecord record) {
    boolean checked =
        record.isData()
            && (record.stream() == InputStream.IMPRESSIONS
                || record.stream() == InputStream.REWARDS);
    return checked ? CHECK.check(record) : record.reject();
  }

  private static String named(Reject reject) {
    FuzzTarget.requireMessage(reject.detail(), "");
    return reject.reason().name();
  }

  /** The outline of bytes agrees with their decoding, and what was decoded can be written again. */
  private static void requireSame(byte[] input) {
    Decoded decoded = WireFormat.ofThread().decode(input);
    RecordOutline outline = RecordOutline.of(input);
    if (!decoded.isRejected() && (!outline.isRecord() || !outline.fault().isEmpty())) {
      throw new IllegalStateException("a record must have an outline: " + outline);
    }
    if (decoded.record() instanceof Impression impression) {
      byte[] again = WireFormat.ofThread().encode(impression);
      if (!WireFormat.ofThread().decode(again).record().equals(impression)) {
        throw new IllegalStateException("written again it must be the same: " + impression);
      }
    }
  }
}
