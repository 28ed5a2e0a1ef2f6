package hindcast.jobs.feedback;

import hindcast.avro.DeadLetter;
import hindcast.connectors.deadletter.DeadLetters;
import hindcast.connectors.kafka.RawRecord;
import hindcast.feedback.Reject;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.util.OutputTag;

/** The side output of refused records. */
public final class DeadLetterOutput {
  /** Side output of every operator that refuses records. */
  public static final OutputTag<DeadLetter> TAG =
      new OutputTag<>("dead-letters", new AvroTypeInfo<>(DeadLetter.class));

  private DeadLetterOutput() {}

  /** The dead letter of a refused record: its origin, the reason and its bytes. */
  public static DeadLetter of(RawRecord record, Reject reject) {
    return DeadLetters.of(record, reject);
  }
}
