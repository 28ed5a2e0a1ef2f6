package hindcast.catalogue;

import java.io.IOException;

/** A stored index that cannot be used, and why. What was in use before stays in use. */
public final class IndexFormatException extends IOException {
  private static final long serialVersionUID = 1;

  /** What is wrong with it. */
  public enum Reason {
    /** It ends before its last section does. */
    TRUNCATED,
    /** It does not begin as such an index does. */
    NOT_AN_INDEX,
    /** It was written by another version of the format. */
    UNKNOWN_VERSION,
    /** It was built for another catalogue. */
    WRONG_CATALOGUE,
    /** A checksum or a rule of the format does not hold. */
    CORRUPT
  }

  private final Reason reason;

  IndexFormatException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }
}
