package hindcast.local.letters;

import hindcast.avro.InputStream;
import hindcast.connectors.kafka.InputDecoder;
import hindcast.connectors.kafka.RawRecord;
import hindcast.connectors.kafka.RawRecord.Kind;
import hindcast.connectors.kafka.Topics;
import hindcast.feedback.Reject;
import hindcast.feedback.Rejection;
import hindcast.jobs.config.PipelineConfig;
import hindcast.jobs.feedback.FeedbackCheck;
import java.time.Clock;

/**
 * Whether a letter would be accepted if it came now: decoded by this version and checked under this
 * configuration. What only the join knows, such as a window that has closed, is not looked at.
 */
final class LetterVerdict {
  private final InputDecoder decoder;
  private final FeedbackCheck feedback;
  private final Topics topics;
  private final boolean late;
  private final Clock clock;

  /**
   * A letter to send, or why it stays.
   *
   * @param record what its bytes decode to; null if it stays
   * @param stays why it stays; null if it is to be sent
   */
  record Verdict(RawRecord record, String stays) {}

  LetterVerdict(PipelineConfig config, boolean late) {
    this.decoder = new InputDecoder(config.time().futureTolerance());
    this.feedback = FeedbackCheck.of(config);
    this.topics = new Topics(config.kafka().topicPrefix());
    this.late = late;
    this.clock = Clock.systemUTC();
  }

  Verdict of(Letter letter) {
    InputStream stream = letter.record().getStream();
    if (stream != InputStream.IMPRESSIONS && stream != InputStream.REWARDS) {
      return stays("no impression or reward: send a new one");
    }
    if (!topics.of(stream).equals(letter.record().getTopic())) {
      return stays("not of an input topic of this pipeline");
    }
    if (letter.record().getReason().equals(Rejection.LATE.name()) && !late) {
      return stays("late: its outcome has left; --late sends it all the same");
    }
    RawRecord record =
        decoder.decode(
            stream,
            letter.record().getTopic(),
            letter.record().getPartition(),
            letter.record().getOffset(),
            clock.millis(),
            letter.bytes());
    if (record.kind() == Kind.MARKER || record.kind() == Kind.CLOSING) {
      return stays("a time marker: what it said no longer holds at the end of the topic");
    }
    Reject reject = record.isData() ? feedback.check(record) : record.reject();
    return reject == null
        ? new Verdict(record, null)
        : stays("still refused: " + reject.reason().name());
  }

  private static Verdict stays(String why) {
    return new Verdict(null, why);
  }
}
