package hindcast.connectors.avro;

import hindcast.feedback.Reject;
import hindcast.feedback.Rejection;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * What bytes turned out to be: a record of the contract, or the reason they are none.
 *
 * @param record the record, or null if rejected
 * @param reject why there is no record, or null if there is one
 */
public record Decoded(SpecificRecord record, Reject reject) {
  public Decoded {
    if ((record == null) == (reject == null)) {
      throw new IllegalArgumentException(
          "decoded must hold a record or a reject: " + record + ", " + reject);
    }
  }

  /** A record. */
  public static Decoded of(SpecificRecord record) {
    return new Decoded(Objects.requireNonNull(record, "record"), null);
  }

  /** A refusal. */
  public static Decoded rejected(Rejection reason, String detail) {
    return new Decoded(null, new Reject(reason, detail));
  }

  /** Whether the bytes were no record. */
  public boolean isRejected() {
    return reject != null;
  }
}
