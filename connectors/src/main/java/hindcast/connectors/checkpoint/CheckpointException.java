package hindcast.connectors.checkpoint;

import hindcast.avro.PolicyCheckpoint;
import java.io.IOException;

/** A policy checkpoint that cannot be stored or used, and why. */
public final class CheckpointException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Fault {
    /** Content above the limit could not be stored. */
    NOT_STORED,
    /** The content is neither in the record nor where it says. */
    MISSING,
    /** The content is not the one its hash is of, or is no content. */
    CORRUPT,
    /** The content is whole, and not what the record says of it. */
    MISMATCHED,
    /** The checkpoint does not follow the one before it. */
    BROKEN_CHAIN,
    /** Written by a newer version of this software. */
    UNSUPPORTED
  }

  private final Fault fault;

  CheckpointException(Fault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  CheckpointException(Fault fault, String message) {
    this(fault, message, null);
  }

  /** What is wrong. */
  public Fault fault() {
    return fault;
  }

  static String name(PolicyCheckpoint checkpoint) {
    return "checkpoint " + checkpoint.getPolicyId() + " version " + checkpoint.getVersion();
  }
}
